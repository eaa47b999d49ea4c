/// The command line, selections, and the joining of reports.
extension Messages {
  static let usage = #"""
    {} drifts, and does not count yet: first seen at {}, spec {}, live {}
    {} расходится, но ещё не считается: обнаружено {}, в спецификации {}, сейчас {}
    the token file {} can be read by every user; keep it to its owner: chmod go= {}
    файл с токенами {} доступен для чтения любому пользователю; закройте его от других: chmod go= {}
    the file of the webhook's address {} can be read by every user; keep it to its owner: chmod go= {}
    файл с адресом вебхука {} доступен для чтения любому пользователю; закройте его от других: chmod go= {}
    note: {} does not exist: this is taken for the first run, and all drift is new
    примечание: {} не существует: запуск считается первым, и все расхождения — новыми
    the previous report {} is empty, as a shell leaves a file that the same command redirects its output to
    предыдущий отчёт {} пуст, как его оставляет оболочка, если та же команда перенаправляет в него вывод
    write the new report by --output {}, which replaces it at the end; or to another file, and mv that. To begin anew, remove it: rm {}
    пишите новый отчёт через --output {}: файл заменяется в конце; или в другой файл и затем mv. Чтобы начать заново, удалите его: rm {}
    name the file that drift --format json wrote at the last run; to begin anew, remove it: rm {}
    укажите файл, который записала drift --format json при последнем запуске; чтобы начать заново, удалите его: rm {}
    the previous report {} cannot be read: {}
    предыдущий отчёт {} прочитать нельзя: {}
    check the path and its permissions: ls -l {}
    проверьте путь и права: ls -l {}
    the previous report {} has more than {} MiB
    предыдущий отчёт {} больше {} МиБ
    split the fleet with --shard, each part with a report of its own
    разделите парк через --shard, у каждой части свой отчёт
    none of these reports was compared with an earlier one, so it is not known what is new
    ни один из этих отчётов не сравнивался с предыдущим, поэтому неизвестно, что нового
    make them with drift --previous FILE
    составьте их через drift --previous ФАЙЛ
    note: nothing is new, changed or resolved, so no notification is sent
    примечание: нового, изменившегося и устранённого нет, уведомление не отправлено
    note: the notification was sent to {}
    примечание: уведомление отправлено на {}
    the notification was not sent: {}
    уведомление не отправлено: {}
    {} answered with a redirect ({}), which is not followed
    {}: ответ — перенаправление ({}), по нему запрос не идёт
    write the address that it leads to into {} or the file
    укажите в {} или в файле адрес, на который оно ведёт
    {} refused it ({})
    {}: отказ ({})
    make a new webhook there, and write its address into {} or the file
    создайте там новый вебхук и укажите его адрес в {} или в файле
    {}: rate limit exceeded (429)
    {}: слишком много запросов (429)
    run drift again later
    запустите drift позже
    {} failed ({})
    {}: ошибка сервера ({})
    check that --notify-format is the one of that service
    проверьте, что --notify-format подходит этому сервису
    check the address in {} or the file, and that the service is up
    проверьте адрес в {} или в файле и доступность сервиса
    check the address in {} or the file
    проверьте адрес в {} или в файле
    {} does not hold one address (which is not shown, since it is a secret)
    {}: должен быть один адрес (он не показан, потому что это секрет)
    the file of the notification's address is empty
    файл с адресом уведомлений пуст
    {} is not set
    переменная {} не задана
    write the address of the webhook there, such as https://hooks.example.org/…
    укажите там адрес вебхука, например https://hooks.example.org/…
    write the address of the webhook there, such as https://hooks.example.org/…, and nothing else
    укажите там адрес вебхука, например https://hooks.example.org/…, и ничего больше
    --notify needs --previous FILE, the last run's report, to know what is new
    --notify требует --previous ФАЙЛ: по отчёту последнего запуска видно, что нового
    --notify takes no address, which others could read in the list of processes: put it in TINYFORGE_NOTIFY_URL or a --notify-url-file
    --notify не принимает адрес: в списке процессов его прочитали бы другие; укажите его в TINYFORGE_NOTIFY_URL или в --notify-url-file
    --min-age needs --previous FILE, the last run's report, to know how long drift has lasted
    --min-age требует --previous ФАЙЛ: по отчёту последнего запуска видно, сколько длится расхождение
    --output would replace the report of --previous by one that the next run cannot read: add --format json
    --output заменит отчёт из --previous таким, который следующий запуск не прочитает: добавьте --format json
    --snapshot compares nothing, so it takes no --previous
    --snapshot ничего не сравнивает, поэтому --previous с ним не указывают
    for what a saved plan would change: apply {} --dry-run
    что изменит сохранённый план: apply {} --dry-run
    wrote the live values of {} workload to {}
    действующие значения записаны в {2} (рабочих нагрузок: {1})
    wrote the live values of {} workloads to {}
    действующие значения записаны в {2} (рабочих нагрузок: {1})
    the arguments of the command line are not known, so nothing was done
    аргументы командной строки неизвестны, поэтому ничего не сделано
    start the tool with its own name as the first word of its arguments
    запускайте программу так, чтобы первым аргументом было её имя
    standard input cannot be read
    стандартный ввод прочитать нельзя
    check what it is connected to
    проверьте, к чему он подключён
    the value '{}' is invalid for '{}': there is no format "{}"; did you mean {}? known are {}
    значение '{}' не подходит для '{}': формата "{}" нет; возможно, {}? известны {}
    the value '{}' is invalid for '{}': there is no format "{}"; known are {}
    значение '{}' не подходит для '{}': формата "{}" нет; известны {}
    a saved plan pins the whole live config, which a snapshot does not hold: --live and --out exclude each other
    сохранённый план фиксирует всю действующую конфигурацию, а в снимке её нет: --live и --out несовместимы
    "{}" is not a time: write a span such as 7d or 12h, a day such as 2026-11-01, or 2026-11-01T12:00:00Z
    "{}" — не время: укажите срок, например 7d или 12h, день, например 2026-11-01, или 2026-11-01T12:00:00Z
    "{}" is not one of {}
    "{}" не входит в список: {}
    the value '{}' is invalid for '{}': {}
    значение '{}' не подходит для '{}': {}
    the value '{}' is invalid for '{}'
    значение '{}' не подходит для '{}'
    the value '{}' is invalid for '{}'. {}
    значение '{}' не подходит для '{}'. {}
    unknown option '{}'
    неизвестный параметр '{}'
    unknown option '{}'; did you mean '{}'?
    неизвестный параметр '{}'; возможно, '{}'?
    missing expected argument '{}'
    не хватает аргумента '{}'
    missing value for '{}'
    не хватает значения для '{}'
    unexpected argument '{}'
    лишний аргумент '{}'
    no workload is named
    рабочая нагрузка не указана
    name workloads by id or name, or take them all with --all
    укажите рабочие нагрузки по id или имени либо возьмите все: --all
    no workload matches the selection
    под выбор не подходит ни одна рабочая нагрузка
    standard input is closed, so nothing can be read from it
    стандартный ввод закрыт, читать из него нечего
    connect it to a file or a pipe; where nothing is to be read, use </dev/null
    подключите к нему файл или канал; если читать ничего не нужно, используйте </dev/null
    cannot ask for confirmation: standard error is not a terminal
    спросить здесь некого: стандартный поток ошибок — не терминал
    "{}" is not an age; write a number and its unit: 7d, 12h or 30m
    «{}» не срок; укажите число с единицей: 7d, 12h или 30m
    "{}" lacks a unit; write {}d, {}h or {}m
    у «{}» нет единицы; укажите {}d, {}h или {}m
    no workload is opted in to GitOps with a source that it serves
    ни для одной рабочей нагрузки с подходящим источником GitOps не включён
    check --name and --source, or use --allow-empty where that may be so
    проверьте --name и --source либо задайте --allow-empty, если так и должно быть
    opt one in with apply enable WORKLOAD, or use --allow-empty where that may be so
    включите GitOps: apply enable WORKLOAD — либо задайте --allow-empty, если так и должно быть
    {} rows of workloads have the id "{}"
    строк workloads с id "{2}": {1}
    {} workloads are named "{}"
    рабочих нагрузок с именем "{2}": {1}
    use an id: {}
    укажите id: {}
    there is no workload "{}" in the database
    рабочей нагрузки "{}" в базе нет
    there is no workload "{}" in the snapshot
    рабочей нагрузки "{}" в снимке нет
    did you mean {}?
    возможно, {}?
    the database holds no apps
    в базе нет приложений
    use an id or a name as Tinyforge shows it
    укажите id или имя, как их показывает Tinyforge
    take a snapshot that holds it: drift --all --snapshot FILE
    сделайте снимок, в котором она есть: drift --all --snapshot FILE
    for the subcommand write: {}
    подкоманда пишется так: {}
    {}; for the subcommand write: {}
    {}; подкоманда пишется так: {}
    {} — for the subcommand write: {}
    {} — подкоманда пишется так: {}
    --all takes every workload, so none can be named beside it
    --all берёт все рабочие нагрузки, и вместе с ним имён быть не может
    the name of a workload is empty; if it comes from a variable, such as TINYFORGE_WORKLOAD, set it
    имя рабочей нагрузки пустое; если оно берётся из переменной, например TINYFORGE_WORKLOAD, задайте её
    --repo is one repository, so it needs exactly one workload
    --repo — это один репозиторий, и нагрузка нужна ровно одна
    --repo is one repository, and the plan is for {} workloads
    --repo — это один репозиторий, а нагрузок в плане: {}
    --repo is a local repository, and --fetch http reads none
    --repo — локальный репозиторий, а --fetch http их не читает
    --jobs must be between 1 and 256
    --jobs: допустимо от 1 до 256
    --history must be at least 1
    --history: допустимо не меньше 1
    --limit must be at least 1
    --limit: допустимо не меньше 1
    --atomic and --keep-going exclude each other
    --atomic и --keep-going несовместимы
    the name of the snapshot after --live is empty
    имя снимка после --live пустое
    if it comes from a variable, set that
    если оно берётся из переменной, задайте её
    --snapshot and --live exclude each other
    --snapshot и --live несовместимы
    --snapshot compares nothing, so there is no report to --post
    --snapshot ничего не сравнивает, и публиковать через --post нечего
    --repo and --mirrors need --to-commit: nothing else reads a repository
    --repo и --mirrors нужны только с --to-commit: больше ничто не читает репозиторий
    --to-commit undoes no event, and sets declared values as a sync does: --event and --force do not go with it
    --to-commit не отменяет событие, а задаёт объявленные значения, как синхронизация: --event и --force с ним несовместимы
    a saved plan is a file of its own, and standard output holds the report: name a file, or ./- for one of that name
    сохранённый план — отдельный файл, а в стандартном выводе отчёт: укажите файл или ./-, если он так назван
    a saved plan says which workloads and which commits: --workload, --all, --rev and --allow-empty do not go with it
    нагрузки и коммиты заданы в сохранённом плане: --workload, --all, --rev и --allow-empty с ним несовместимы
    {} is a file and also a workload, so nothing was done
    {} — и файл, и рабочая нагрузка, поэтому ничего не сделано
    for the plan in the file: {}; for the workload: {}
    план из файла: {}; рабочая нагрузка: {}
    cannot ask for confirmation: standard input is not a terminal
    спросить здесь некого: стандартный ввод — не терминал
    use --yes to apply without asking, or --dry-run to look only
    --yes применяет без вопроса, --dry-run только показывает
    {} is not an option; for a file of that name write {}
    {} — не параметр; файл с таким именем пишется {}
    there is no format "{}"; did you mean {}? known are {}
    формата "{}" нет; возможно, {}? известны {}
    there is no format "{}"; known are {}
    формата "{}" нет; известны {}
    {} is about the issue, so it needs --post-issue OWNER/REPO
    {} относится к задаче и нужен вместе с --post-issue OWNER/REPO
    "{}" is not a shard: write I/N, such as 2/4 for the second of four, or auto
    "{}" — не часть: запишите I/N, например 2/4 — вторая из четырёх, или auto
    set {} (from 0) and {}, or write --shard I/N
    задайте {} (с 0) и {} или напишите --shard I/N
    nothing in the environment tells which of how many runners this is: {}
    окружение не сообщает, какой это исполнитель и сколько их: {}
    {} makes this runner shard {}, and {} makes it {}: {}
    по {} это часть {}, а по {} — {}: {}
    the step {} is 0: {}
    шаг {} равен 0: {}
    the number {} is {}, and by {} there are {} shards: unset {}, or set {} too
    число {} равно {}, а по {} частей {}: уберите {} или задайте и {}
    {} is set, and {} is not: {}
    {} задано, а {} — нет: {}
    {} is set, and {} is not: set it to the number of runners
    {} задано, а {} — нет: укажите там число исполнителей
    {} is {}: there may be 1 to {} shards
    {} равно {}: частей может быть от 1 до {}
    the place {} is {}, counted from {}, and {} is {}: there is no such shard
    место {} равно {}, счёт с {}, а {} равно {}: такой части нет
    the place {} is {}, counted from {} by {}, and {} is {}: there is no such shard
    место {} равно {}, счёт с {} через {}, а {} равно {}: такой части нет
    {} is "{}", which is not a whole number
    {} равно «{}», а это не целое число
    no place for {} {} is in the array by {}, {}, {} and {}, which may be a list with gaps: {}
    для {} {} нет места в массиве по {}, {}, {} и {} (возможно, список с пропусками): {}
    --post-issue tells of all workloads: let drift merge post the reports of the shards, or give each shard a --post-name
    --post-issue сообщает обо всех рабочих нагрузках: публикуйте отчёты частей через drift merge или дайте каждой части своё --post-name
    "{}" does not name a repository: write it as OWNER/REPO, such as {}
    "{}" — не репозиторий: запишите его как OWNER/REPO, например {}
    --post-label needs the name of a label
    --post-label нужно имя метки
    "{}" is not the address of a forge's API, such as {}, {} (Gitea) or {}
    "{}" — не адрес API сервера репозиториев, например {}, {} (Gitea) или {}
    {} says how to post, so it needs --post
    {} задаёт, как публиковать, и нужен вместе с --post
    "{}" is not the page of a pull or merge request, such as {}
    "{}" — не страница запроса на слияние, например {}
    "{}" does not say which address is asked for a host: write it as {}
    "{}": не сказано, по какому адресу обращаться к узлу: пишите так: {}
    "{}" is not a network: write an address, or the first address of a network and its bits, such as {}
    "{}" — не сеть: укажите адрес или первый адрес сети и число бит, например {}
    {} is not a complete drift report: {}
    {} — не полный отчёт drift: {}
    a temporary file in {} cannot be written: {}
    временный файл в {} не записывается: {}
    set TMPDIR to a folder with room for it
    задайте в TMPDIR папку, где хватит места
    the report {} changed while it was merged
    отчёт {} изменился во время объединения
    merge again
    повторите объединение
    merge one report for each shard
    объединяйте по одному отчёту на каждую часть
    merge the shards of one split
    объединяйте части одного деления
    {} is shard {}, and {} is {} of another split
    {} — часть {}, а {} — часть {} другого деления
    {} and {} are both shard {}
    {} и {} — одна и та же часть {}
    of {} shards {} is missing: {}
    частей всего {}, не хватает {}: {}
    of {} shards {} are missing: {}
    частей всего {}, не хватает {}: {}
    {}: the run was interrupted, so the report lacks workloads; run it again
    {}: запуск был прерван, в отчёте не все нагрузки; повторите его
    {}: it is left out
    {}: отчёт не учтён
    {} is not a report of drift: {}
    {} — не отчёт drift: {}
    {} and {} more
    {} и ещё {}
    """#
}
