/// What keeps a tool from opening a database: owners, file systems, names, journals.
extension Messages {
  static let databaseOpening = #"""
    the database {} is a replica that litestream restore -f keeps up to date: {} is beside it
    база {} — реплика, которую обновляет litestream restore -f: рядом с ней лежит {}
    run apply on the original; if this one has taken its place, end litestream restore -f and run: rm {}. To write it all the same, add --allow-copy
    запустите apply на исходной базе; если эта её заменила, завершите litestream restore -f и выполните: rm {}. Чтобы всё же писать в неё, добавьте --allow-copy
    the database {} is a copy of one that Litestream replicates: it holds Litestream's tables, and {} is not beside it
    база {} — копия той, которую реплицирует Litestream: в ней есть таблицы Litestream, а рядом нет {}
    run apply on the original; if this one has taken its place, start litestream replicate for it first. To write it all the same, add --allow-copy
    запустите apply на исходной базе; если эта её заменила, сначала запустите для неё litestream replicate. Чтобы всё же писать в неё, добавьте --allow-copy
    this user namespace does not know the database's owner, so that they would belong to another user
    это пространство имён не знает владельца базы, и они достались бы другому пользователю
    root lacks CAP_CHOWN here, and cannot give them to {}
    у root здесь нет CAP_CHOWN, и он не может передать их пользователю {}
    they would belong to {}, and {} could not write them
    они принадлежали бы пользователю {}, и {} не смог бы в них писать
    cannot write the database {}: SQLite would have to make its log or journal beside it, and {}, so that the server could not open its database any more
    не удаётся писать в базу данных {}: SQLite пришлось бы создать рядом свой журнал, но {}, и сервер больше не открыл бы базу
    the database {} lies on a network file system ({}), where neither SQLite's write-ahead log nor the locks of this tool can be relied on
    база данных {} лежит в сетевой файловой системе ({}), где нельзя полагаться ни на журнал WAL, ни на блокировки
    run it on the machine whose local disk holds the database
    выполните на той машине, на чьём диске лежит база
    the database {} has {} names (hard links), of which each has a write-ahead log and locks of its own: what is written by another name is not seen here
    у базы данных {} несколько имён (жёстких ссылок: {}), и у каждого свой журнал WAL и свои блокировки: записанное под другим именем здесь не видно
    the database {} has {} names (hard links), of which each would have a write-ahead log and locks of its own: it is not used
    у базы данных {} несколько имён (жёстких ссылок: {}), и у каждого был бы свой журнал WAL и свои блокировки: она не используется
    remove all names but the server's own: {}
    удалите все имена, кроме того, которым пользуется сервер: {}
    the database {} is mounted as a single file, so that its write-ahead log and its locks would not be those of who has the file in its folder
    база данных {} смонтирована как отдельный файл, поэтому её журнал WAL и блокировки были бы не те, что у программ, которые видят её в папке
    mount the folder that contains it, or run where that folder is
    смонтируйте папку с базой или выполните команду там, где эта папка есть
    several rows of workloads have the id {}; none of them is written
    у нескольких строк workloads один id {}; ни одна не изменяется
    give each workload an id of its own
    дайте каждой рабочей нагрузке свой id
    a fault of the disk came between: whether {} was changed cannot be told
    помешала ошибка диска: изменился ли {}, неизвестно
    check the disk and run the command again: it completes the change, or finds it done
    проверьте диск и повторите команду: она завершит изменение или увидит, что оно сделано
    the database does not keep what is written to the workload {}; nothing was changed
    триггер изменил или отменил запись рабочей нагрузки {}; ничего не изменено
    the database does not keep the audit row in event_log; nothing was changed
    триггер изменил или отменил запись аудита в event_log; ничего не изменено
    updated_at {}, which is not a known form of a time: it was left as it is
    updated_at {}: такая запись времени здесь неизвестна, значение оставлено как есть
    is empty
    пуст
    holds {}
    содержит {}
    workloads has no name column: workloads are shown by id
    в таблице workloads нет столбца name: рабочие нагрузки показаны по id
    the database has no event_log table: syncs are not audited in it
    в базе нет таблицы event_log: синхронизации в ней не записываются
    event_log has no message column: syncs are not audited in it
    в event_log нет столбца message: синхронизации в ней не записываются
    event_log has no metadata column: audit rows hold a sentence alone
    в event_log нет столбца metadata: записи аудита содержат только фразу
    {} has no workloads table: it is not a Tinyforge database
    в {} нет таблицы workloads: это не база Tinyforge
    the workloads table of {} lacks {}
    в таблице workloads базы {} не хватает столбцов: {}
    update Tinyforge to a version with GitOps, and start it once: it adds the columns
    обновите Tinyforge до версии с GitOps и один раз запустите: он добавит столбцы
    the lock folder {}
    папка блокировок {}
    the lock {}
    блокировка {}
    the file system of the database does not lock files
    файловая система базы не блокирует файлы
    keep the database on a local file system
    держите базу в локальной файловой системе
    {} is on a read-only file system
    {}: файловая система доступна только для чтения
    the database {} is on a read-only file system
    база данных {}: файловая система доступна только для чтения
    run where its file system is mounted for writing
    выполните там, где эта файловая система смонтирована для записи
    {} cannot be made: the disk is full
    {}: создать нельзя, диск заполнен
    free some space, then try again
    освободите место и повторите
    {} has a second name (a hard link), and is not used
    {}: есть второе имя (жёсткая ссылка), поэтому не используется
    {} exists and is not a regular file
    {}: существует, и это не обычный файл
    {} exists and is not a directory
    {}: существует, и это не папка
    {} exists and is not a folder
    {}: существует, и это не папка
    {} cannot be opened or made by this user (uid {})
    {}: этот пользователь (uid {}) не может ни открыть, ни создать
    run as the user that owns the database; its folder must be writable
    выполните от имени владельца базы; её папка должна быть доступна для записи
    the key of saved plans {} cannot be read or made by this user (uid {})
    ключ сохранённых планов {}: этот пользователь (uid {}) не может ни прочитать, ни создать его
    {} may not be read, so its holder is unknown
    {}: прав на чтение нет, поэтому неизвестно, кто её держит
    {} cannot be opened for writing by this user (uid {})
    {}: этот пользователь (uid {}) не может открыть её для записи
    run as a user that may write it, or give it to the database's owner: {}
    выполните от имени пользователя, которому можно писать, или передайте владельцу базы: {}
    another program removes or replaces the lock folder {} all the time
    другая программа постоянно удаляет или заменяет папку блокировок {}
    try again later, or find that program: {}
    повторите позже или найдите эту программу: {}
    the locks of {} cannot be opened: the symbolic link {} on the way belongs to another user, who could lead it anywhere
    блокировки базы {} открыть нельзя: символическая ссылка {} на пути принадлежит другому пользователю, который может направить её куда угодно
    name the database by its real path: {}
    укажите базу настоящим путём: {}
    the database {} cannot be written by this user (uid {}): permission denied
    этот пользователь не может писать в базу данных {} (uid {}): нет прав
    the lock folder {} belongs to another user than the database, and is not used
    папка блокировок {} принадлежит не тому пользователю, что база, и не используется
    the lock folder {} does not exist, and one made by this user (uid {}) would keep the database's owner out
    папки блокировок {} нет, а созданная этим пользователем (uid {}) была бы недоступна владельцу базы
    run apply once as its owner: {}
    выполните apply один раз от имени владельца: {}
    {} cannot be opened: the system has too many open files (fs.file-max)
    {}: открыть нельзя, в системе слишком много открытых файлов (fs.file-max)
    try again later, or raise the limit: {}
    повторите позже или поднимите предел: {}
    {} cannot be opened: this process already has {} open files, as many as it may (its hard limit)
    {}: открыть нельзя, у процесса уже открыто файлов: {}, больше нельзя (жёсткий предел)
    raise the limit (ulimit -Hn, or LimitNOFILE= in the systemd unit), or apply fewer workloads at once
    поднимите предел (ulimit -Hn или LimitNOFILE= в службе systemd) или применяйте меньше нагрузок за раз
    the key of saved plans {} is damaged: it must have {} bytes
    ключ сохранённых планов {} повреждён: в нём должно быть байт: {}
    remove it, and make all saved plans again: {}
    удалите его и сделайте все сохранённые планы заново: {}
    another sync of workload {} is running
    уже идёт другая синхронизация рабочей нагрузки {}
    another sync of workload {} is running: {} of {} on {}, process {}, which is suspended, since {}
    уже идёт другая синхронизация рабочей нагрузки {}: {}, запустил {} на машине {}, процесс {} (приостановлен), с {}
    another sync of workload {} is running: {} of {} on {}, process {}, since {}
    уже идёт другая синхронизация рабочей нагрузки {}: {}, запустил {} на машине {}, процесс {}, с {}
    waiting for the lock: {}
    ожидание блокировки: {}
    try again later, or see who holds it: apply locks
    повторите позже или посмотрите, кто её держит: apply locks
    let it go on: {}, or end it: {}
    дайте ему продолжить: {} — или завершите его: {}
    another program changed {} at each try
    при каждой попытке другая программа меняла {}
    the row
    строку
    the lock's file
    файл блокировки
    another program changed the row in between: reading it again
    тем временем строку изменила другая программа: она читается снова
    standard output is closed, so the result cannot be written
    стандартный вывод закрыт, поэтому результат некуда записать
    where no output is wanted, send it to /dev/null: >/dev/null
    если вывод не нужен, направьте его в /dev/null: >/dev/null
    standard output cannot be written: {}
    не удаётся писать в стандартный вывод: {}
    check where the output is sent, and that its disk has room
    проверьте, куда направлен вывод и есть ли там место
    {} cannot be written: {}
    {}: записать нельзя, {}
    check the folder, and that its disk has room
    проверьте папку и место на её диске
    {} cannot be written: the symbolic link {} on the way belongs to another user, who could lead it anywhere
    {}: записать нельзя, символическая ссылка {} на пути принадлежит другому пользователю, который может направить её куда угодно
    name the file by its real path: {}
    укажите файл настоящим путём: {}
    {} has several names (hard links), and is not written
    {}: есть несколько имён (жёстких ссылок), поэтому не записывается
    {} is not a regular file, and is not replaced
    {}: не обычный файл, поэтому не заменяется
    name another file
    укажите другой файл
    {} cannot be read: {}
    {}: прочитать нельзя, {}
    check the path
    проверьте путь
    the snapshot {}
    снимок {}
    the report {}
    отчёт {}
    the saved plan {}
    сохранённый план {}
    the token file {}
    файл токенов {}
    the summary {}
    файл сводки {}
    the event {}
    событие {}
    no such file or directory
    такого файла или папки нет
    not a directory
    это не папка
    is a directory
    это папка
    no space left on device
    на диске нет места
    read-only file system
    файловая система только для чтения
    input/output error
    ошибка ввода-вывода
    too many open files
    слишком много открытых файлов
    operation not permitted
    действие запрещено
    file name too long
    имя файла слишком длинное
    too many levels of symbolic links
    слишком много символических ссылок подряд
    /proc is not mounted, which this tool's threads need, so nothing was done
    не смонтирован /proc, нужный потокам программы, поэтому ничего не сделано
    """#
}
