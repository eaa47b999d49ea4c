/// What the doctor finds.
extension Messages {
  static let doctor = #"""
    the token file {} can be read by every user
    файл токенов {} может прочитать любой пользователь
    the file of the webhook's address {} can be read by every user
    файл с адресом вебхука {} может прочитать любой пользователь
    the database {} is a replica that litestream restore -f keeps up to date: {} is beside it; plan and drift can be run on it, apply only with --allow-copy
    база {} — реплика, которую обновляет litestream restore -f: рядом с ней лежит {}; plan и drift на ней работают, apply — только с --allow-copy
    the database {} is a copy of one that Litestream replicates: it holds Litestream's tables, and {} is not beside it; plan and drift can be run on it, apply only with --allow-copy
    база {} — копия той, которую реплицирует Litestream: в ней есть таблицы Litestream, а рядом нет {}; plan и drift на ней работают, apply — только с --allow-copy
    the database {} is on a file system that is mounted read-only here ({}): plan and drift can be run here, apply only where the server runs
    база данных {} в файловой системе, которая здесь смонтирована только для чтения ({}): plan и drift выполнять здесь можно, apply — только там, где работает сервер
    the database {} is on an overlay file system ({}): a server that uses the folder below it shares neither locks nor changes with it, so what is read here may be mixed, and what is written here the server never sees; use the server's own folder
    база данных {} в наложенной файловой системе ({}): сервер, который работает с нижней папкой, не видит ни здешних блокировок, ни изменений, и прочитанное может быть неполным; используйте папку самого сервера
    {} cannot be read by this user ({})
    {}: этот пользователь не может читать ({})
    {} cannot be read by this user ({}); this user namespace does not know the database's owner
    {}: этот пользователь не может читать ({}); это пространство имён не знает владельца базы
    {} cannot be read and written by this user ({})
    {}: этот пользователь не может читать и писать ({})
    {} cannot be read and written by this user ({}), as SQLite's log and a sync need it
    {}: этот пользователь не может читать и писать ({}), а это нужно журналу SQLite и синхронизации
    {} cannot be read and written by this user ({}); this user namespace does not know the database's owner
    {}: этот пользователь не может читать и писать ({}); это пространство имён не знает владельца базы
    event_log demands values for {}, which audit rows do not have: every sync would be undone
    event_log требует значений для {}, которых в записях аудита нет: любая синхронизация была бы отменена
    triggers exist on workloads or event_log ({}): a sync that one of them changes or ignores is undone
    на workloads или event_log есть триггеры ({}): синхронизация, которую они изменят или отменят, не состоится
    SQLite {} is older than 3.51.3, in which two processes that reset the write-ahead log at once may lose commits; these tools never reset it, other programs may. It came with this package: a newer package of the toolkit brings a newer one
    SQLite {} старше 3.51.3: два процесса, которые одновременно сбрасывают журнал WAL, могут потерять записи; эти программы его не сбрасывают, другие могут. Она поставляется с этим пакетом: новее она будет в новом пакете программ
    SQLite {} is older than 3.51.3, in which two processes that reset the write-ahead log at once may lose commits; these tools never reset it, other programs may. Where the distribution has no newer one, there is nothing to install
    SQLite {} старше 3.51.3: два процесса, которые одновременно сбрасывают журнал WAL, могут потерять записи; эти программы его не сбрасывают, другие могут. Если новее в дистрибутиве нет, устанавливать нечего
    {} is of {}, but the file {} was changed last at {} and has no write-ahead log beside it: it may be a copy without its -wal file, which lacks the latest changes; make copies with sqlite3's .backup
    {}: {}, а файл {} изменён последний раз {}, и журнала WAL рядом нет: возможно, это копия без файла -wal, в которой нет последних изменений; делайте копии командой .backup программы sqlite3
    the last sync of workload {}
    последняя синхронизация нагрузки {}
    the last change of workload {}
    последнее изменение нагрузки {}
    {}, and {} more like it
    {}, и ещё таких: {}
    the database itself is locked exclusively by {}
    саму базу монопольно заблокировал {}
    the database itself is write-locked by {}
    саму базу заблокировал на запись {}
    the lock of workload {} is held by process {} of {}, which is suspended
    блокировку рабочей нагрузки {} держит процесс {} пользователя {}, который приостановлен
    {} is opted in, but GitOps does not serve its source ({})
    {}: GitOps включён, но с таким источником он не работает ({})
    the spec's path of {}, "{}", {}
    {}: путь спецификации "{}" {}
    the folder of mirrors {} is not there, or may not be read by this user ({})
    папки зеркал {} нет, либо её нельзя читать этому пользователю ({})
    ENCRYPTION_KEY is not set, so {} encrypted token of a workload cannot be used to read specs over HTTP; local mirrors need none
    ENCRYPTION_KEY не задан, и зашифрованные токены нагрузок ({}) для чтения по HTTP не годятся; локальным зеркалам он не нужен
    ENCRYPTION_KEY is not set, so {} encrypted tokens of workloads cannot be used to read specs over HTTP; local mirrors need none
    ENCRYPTION_KEY не задан, и зашифрованные токены нагрузок ({}) для чтения по HTTP не годятся; локальным зеркалам он не нужен
    the access_token of {} cannot be decrypted with this ENCRYPTION_KEY
    access_token нагрузки {} не расшифровывается этим ENCRYPTION_KEY
    {} is of {}, {} later than this machine's clock ({}): one of the clocks is wrong
    {}: {}, на {} позже часов этой машины ({}): какие-то из часов идут неверно
    commit {} of {}
    коммит {} нагрузки {}
    {}: the repository {} belongs to another user, {}; run as that user, or trust the repository
    {}: репозиторий {} принадлежит другому пользователю, {}; выполните от его имени или доверьтесь репозиторию
    {}: the live config (source_config) cannot be used: {}
    {}: действующую конфигурацию (source_config) использовать нельзя: {}
    """#
}
