/// What is found in a spec. Faults of YAML itself stay in English but for the usual ones.
extension Messages {
  static let lint = #"""
    unknown key {} at the top level
    неизвестный ключ {} на верхнем уровне
    unknown key {} under deploy
    неизвестный ключ {} в deploy
    did you mean `{}`?
    возможно, `{}`?
    did you mean `{}`? It holds {}
    возможно, `{}`? В имени есть {}
    move it under `deploy`
    перенесите его в `deploy`
    move it to the top level
    перенесите его на верхний уровень
    known here: {}
    здесь известны: {}
    {} is not part of a version 1 spec
    {} не входит в спецификацию версии 1
    secrets stay in Tinyforge's encrypted database
    секреты хранятся в зашифрованной базе Tinyforge
    set environment variables there
    переменные окружения задайте там
    set the token there
    токен задайте там
    set them there
    задайте их там
    set it there
    задайте это там
    a spec of version 1 holds no public routes
    в спецификации версии 1 публичных маршрутов нет
    set them in Tinyforge
    задайте их в Tinyforge
    not a field of dockerfile and static sources
    у источников dockerfile и static такого поля нет
    set it in Tinyforge
    задайте это в Tinyforge
    where the repository is, the workload says in Tinyforge
    где находится репозиторий, указано у рабочей нагрузки в Tinyforge
    {} must be a mapping, not {}
    {}: нужен словарь, а не {}
    {} must be a whole number, not {}
    {}: нужно целое число, а не {}
    {} must be text, not {}
    {}: нужен текст, а не {}
    the text {}
    текст {}
    a mapping
    словарь
    a value
    значение
    an alias
    псевдоним
    a key must be text, not {}
    ключ должен быть текстом, а не {}
    remove the quotes: `{}`
    уберите кавычки: `{}`
    begin with `version: 1`, and `deploy:` below it
    начните с `version: 1`, ниже `deploy:`
    write its fields below it, each as `name: value`
    запишите его поля ниже, каждое как `имя: значение`
    write `{}`
    напишите `{}`
    write `{}`, or `{}` if that is meant
    напишите `{}` или, если имелось в виду другое, `{}`
    write `version: 1`, or remove the file
    напишите `version: 1` или удалите файл
    write the container's own port, such as `8080`
    укажите порт самого контейнера, например `8080`
    write a path such as `/healthz`, or `""` to turn the probe off
    укажите путь, например `/healthz`, или `""`, чтобы отключить проверку
    write one of: {}
    допустимо одно из: {}
    write the text itself
    напишите сам текст
    write `""` to turn the probe off
    чтобы отключить проверку, напишите `""`
    write the {} that is meant
    укажите нужное значение: {}
    write the number that is meant
    напишите нужное число
    quote it, if the text is meant
    если нужен текст, возьмите его в кавычки
    write the fields themselves
    напишите сами поля
    write the key that is meant, or remove the line
    напишите нужный ключ или удалите строку
    write `recreate` if the site has storage
    если у сайта есть хранилище, напишите `recreate`
    {} is already set on line {}
    {} уже задано в строке {}
    first set here
    впервые задано здесь
    keep one of the two
    оставьте одно из двух
    keep the one that is meant
    оставьте нужное
    {} has no effect here: {}
    {} здесь ни на что не влияет: {}
    the earliest of several merges wins
    из нескольких слияний действует первое
    the mapping's own key wins, although `<<` follows it
    действует собственный ключ словаря, хотя `<<` стоит после него
    mappings are not blended, so the whole of it is dropped
    словари не смешиваются, поэтому он отброшен целиком
    this one counts
    действует это
    version is missing
    нет version
    it must be 1
    нужно 1
    version must be 1, not {}
    version: нужно 1, а не {}
    the file is empty: the server refuses it
    файл пуст: сервер его не примет
    save the file as UTF-8 and remove control characters
    сохраните файл в UTF-8 и уберите управляющие символы
    indent with spaces
    делайте отступ пробелами
    a tab cannot indent or start a value
    табуляция не годится ни для отступа, ни в начале значения
    nearly all of the document comes from repeated aliases
    почти весь документ состоит из повторов псевдонимов
    the anchor {} contains itself
    якорь {} содержит сам себя
    << merges a mapping, an alias of one, or a list of these
    << сливает словарь, псевдоним словаря или список таких
    a {} workload ignores {}
    источник {} не учитывает {}
    remove it, or check that the workload is what you think it is
    уберите это или проверьте, та ли это рабочая нагрузка
    `{}` is octal: the server reads {}
    `{}` — восьмеричное число: сервер прочитает {}
    `{}` looks octal, but the server reads {}
    `{}` похоже на восьмеричное число, но сервер прочитает {}
    the fraction of `{}` is dropped: the server reads {}
    дробная часть `{}` отбрасывается: сервер прочитает {}
    the server reads `{}` as {}, a YAML 1.2 reader as text
    сервер прочитает `{}` как {}, а программа для YAML 1.2 — как текст
    `{}` is the number {}
    `{}` — это число {}
    `{}` is text to the server; a YAML 1.1 reader takes it for {}
    `{}` для сервера — текст; программа для YAML 1.1 прочитает {}
    `{}` is the text "{}" here, not a switch
    `{}` здесь текст "{}", а не переключатель
    {} takes the {} `{}` for the text "{}"
    {}: `{3}` будет прочитано как текст "{4}"
    {} is base64, of which the server makes {}
    {}: это base64, из которого сервер получит {}
    {} has no value: it counts as left out, and stays unmanaged
    {}: значения нет, поэтому поле считается пропущенным и не управляется
    give it a value, or remove the line
    укажите значение или удалите строку
    the server reads the first document only, not what begins here
    сервер читает только первый документ, а не то, что начинается здесь
    move what is meant into the first document, and remove the rest
    перенесите нужное в первый документ, остальное удалите
    this key is null: the server passes over it and its value
    этот ключ — null: сервер пропустит его вместе со значением
    the server passes over the tag {}
    тег {} сервер пропустит
    remove the tag
    уберите тег
    the server merges here; a YAML 1.2 reader takes `<<` for a usual key
    здесь сервер выполнит слияние; для программы для YAML 1.2 `<<` — обычный ключ
    the spec declares nothing: every field stays unmanaged
    спецификация ничего не объявляет: ни одно поле не управляется
    declare one under `deploy`: {}
    объявите что-нибудь в `deploy`: {}
    blue-green, but no healthcheck is declared to tell when the new version is healthy
    blue-green, но healthcheck не объявлен, и неизвестно, когда новая версия готова
    blue-green with the probe turned off: the new version takes over, healthy or not
    blue-green с отключённой проверкой: новая версия сменит старую, готова она или нет
    declare a healthcheck, such as `healthcheck: /healthz`
    объявите healthcheck, например `healthcheck: /healthz`
    turned off here
    отключено здесь
    a deno site with storage runs recreate, whatever the spec says
    сайт deno с хранилищем работает по recreate, что бы здесь ни стояло
    this looks like {}
    похоже на секрет ({})
    a private key
    закрытый ключ
    a password in a URL
    пароль в адресе
    a credential, the value of {}
    значение {}
    a credential: random letters and digits
    случайные буквы и цифры
    remove it, and revoke it if it was pushed; secrets stay in Tinyforge's database
    уберите его и отзовите, если он уже отправлен; секреты хранятся в базе Tinyforge
    {} cannot be seen here
    {}: этого символа здесь не видно
    {} changes how this line looks
    {}: этот символ меняет вид строки
    remove it, or put a plain space in its place
    уберите его или поставьте обычный пробел
    remove it
    уберите это
    this looks like an ignore comment, and has no effect
    похоже на комментарий для пропуска, но не действует
    write `# tinyforge: ignore[{}] reason` as a comment of its own
    напишите `# tinyforge: ignore[{}] причина` отдельным комментарием
    this ignore comment names no finding
    в этом комментарии для пропуска не названо, что пропустить
    write `# tinyforge: ignore[CODE] reason`
    напишите `# tinyforge: ignore[CODE] причина`
    this ignore comment gives no reason
    в этом комментарии для пропуска нет причины
    write why behind the bracket
    напишите причину после скобки
    this ignore comment names {}, which is not a finding
    в этом комментарии для пропуска названо {}, а такого замечания нет
    `lint-spec --list-codes` lists them all
    `lint-spec --list-codes` показывает все
    this ignore comment names `{}`, which is the server's own refusal
    в этом комментарии для пропуска назван `{}` — отказ самого сервера
    fix the spec: the server refuses it whatever a comment says
    исправьте спецификацию: сервер её не примет, что бы ни стояло в комментарии
    nothing here is found as `{}`, so nothing is ignored
    замечания `{}` здесь нет, пропускать нечего
    """#
}
