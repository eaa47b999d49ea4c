/// `plan export`.
extension Messages {
  static let export = #"""
    {} workloads are selected, and one spec is written here
    выбрано рабочих нагрузок: {}, а спецификация здесь пишется одна
    name one workload, or write all of them with --into DIR
    укажите одну рабочую нагрузку либо запишите все: --into DIR
    to let this spec decide, commit it as {}, then: apply enable {}
    чтобы решала эта спецификация, закоммитьте её как {}, затем: apply enable {}
    the spec {} says what is live already; nothing was changed
    спецификация {} уже соответствует действующим значениям; ничего не изменено
    the path "{}" of the workload {} {}
    путь «{}» рабочей нагрузки {}: {}
    name the spec with --update FILE
    укажите спецификацию: --update FILE
    the workload {}: {}
    рабочая нагрузка {}: {}
    name a workload whose source is dockerfile or static
    укажите рабочую нагрузку с источником dockerfile или static
    the live config of the workload {} names no repository
    в действующей конфигурации рабочей нагрузки {} не указан репозиторий
    print its spec: plan export {}
    выведите её спецификацию: plan export {}
    print each of them: plan export {}
    выведите каждую из них: plan export {}
    the place "{}" of the workload {} {}
    место «{}» рабочей нагрузки {}: {}
    the workloads {} and {} have one place, {}; neither is written
    у рабочих нагрузок {} и {} одно место, {}; ни одна не записана
    the workloads {} and {} have places that differ in case alone, {} and {}; neither is written
    места рабочих нагрузок {} и {} различаются только регистром, {} и {}; ни одна не записана
    the workloads {} and {} exclude each other: {} would be a file and a folder; neither is written
    рабочие нагрузки {} и {} исключают друг друга: {} было бы и файлом, и папкой; ни одна не записана
    {} exists in {} and is not replaced
    {} в {} уже есть и не заменяется
    replace it with --force, or name another folder with --into
    замените файл: --force, либо укажите другую папку: --into
    {} in {} is not written: {} is not a folder
    {} в {} не записан: {} — не папка
    {} in {} is not a regular file, and is not replaced
    {} в {} — не обычный файл и не заменяется
    {} in {} cannot be written: {}
    {} в {} записать нельзя: {}
    remove it, or name another folder with --into
    удалите его либо укажите другую папку: --into
    check the folder and its disk, or name another folder with --into
    проверьте папку и её диск либо укажите другую: --into
    cannot open the folder {}: {}
    папку {} открыть нельзя: {}
    name a folder of your own with --into
    укажите свою папку: --into
    the live value is left out: {}
    действующее значение пропущено: {}
    {} is not a whole number
    {} — не целое число
    {} is not text
    {} — не текст
    {} looks like a credential, which no spec may hold
    {} похоже на секрет, которому не место в спецификации
    {}: {} cannot be changed alone: an anchor, an alias, a merge or a comment within prevents it
    {}: поле {} нельзя изменить отдельно: мешает якорь, ссылка, слияние или комментарий внутри
    {}: {} cannot be added without changing what else is there
    {}: поле {} нельзя добавить, не изменив остального
    write `{}` under `deploy` by hand
    впишите `{}` под `deploy` вручную
    {}: the spec is invalid: {}
    {}: спецификация недопустима: {}
    correct what lint-spec finds in it first
    сначала исправьте то, что находит lint-spec
    {}: {} is not in the live config
    {}: поля {} нет в действующей конфигурации
    {}: {} is not a field of {} sources
    {}: поле {} не относится к источникам {}
    {}: the live value cannot be written: {}
    {}: действующее значение записать нельзя: {}
    remove {} from the spec, or set it in Tinyforge
    удалите {} из спецификации либо задайте его в Tinyforge
    leave it out
    пропустите его
    """#
}
