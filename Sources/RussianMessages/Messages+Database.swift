/// Databases, locks and files: what keeps a tool from opening them, and what to do about it.
extension Messages {
  static let database = #"""
    look at it with: sqlite3 {} 'PRAGMA integrity_check'
    проверьте её: sqlite3 {} 'PRAGMA integrity_check'
    the path after --db is empty
    путь после --db пуст
    if it comes from a variable, set that; or leave --db out, and set TINYFORGE_DB
    если он берётся из переменной, задайте её; или не указывайте --db и задайте TINYFORGE_DB
    the database is named by an address that is not one of PostgreSQL
    база данных задана адресом, и это не адрес PostgreSQL
    name Tinyforge's SQLite file by its path, such as --db /var/lib/tinyforge/tinyforge.db, or a PostgreSQL database as postgres://HOST/DATABASE
    укажите файл SQLite по пути, например --db /var/lib/tinyforge/tinyforge.db, или базу PostgreSQL как postgres://УЗЕЛ/БАЗА
    look at the table's constraints and triggers: SELECT sql FROM sqlite_master WHERE type IN ('table', 'trigger')
    посмотрите ограничения и триггеры таблицы: SELECT sql FROM sqlite_master WHERE type IN ('table', 'trigger')
    no database is named
    база данных не указана
    use --db PATH, or set TINYFORGE_DB
    укажите --db ПУТЬ или задайте TINYFORGE_DB
    name Tinyforge's own database file
    укажите файл базы самого Tinyforge
    name Tinyforge's database file
    укажите файл базы Tinyforge
    there is no database at {}
    базы данных {} нет
    there is no database at {} any more
    базы данных {} больше нет
    check the path given with --db
    проверьте путь в --db
    check the path given with --db or TINYFORGE_DB
    проверьте путь в --db или TINYFORGE_DB
    the database {} may not be opened
    открыть базу данных {} нельзя: нет прав
    the database {} cannot be opened
    не удаётся открыть базу данных {}
    the database {} cannot be reached
    база данных {} недоступна
    check the permissions of the folders on the way
    проверьте права на папки по пути к ней
    check the permissions of the file and of its folder
    проверьте права на файл и на его папку
    {} is not a file
    {} — не файл
    {} is not a SQLite database, or it is encrypted
    {} — не база SQLite, либо она зашифрована
    the database {} is damaged (to {})
    база данных {} повреждена (действие: {})
    the database {} is damaged (to {}): {}
    база данных {} повреждена (действие: {}): {}
    the database {} refused to {}
    база данных {} отказала (действие: {})
    the database {} refused to {}: {}
    база данных {} отказала (действие: {}): {}
    check that it is Tinyforge's own, of a version that has GitOps
    проверьте, что это база Tinyforge той версии, в которой есть GitOps
    access to the database {} is denied
    нет доступа к базе данных {}
    the disk of {} is full (to {}); nothing was changed
    диск с {} заполнен (действие: {}); ничего не изменено
    make room and try again
    освободите место и повторите
    reading or writing {} failed (to {})
    ошибка чтения или записи {} (действие: {})
    reading or writing {} failed (to {}): {}
    ошибка чтения или записи {} (действие: {}): {}
    check the disk; nothing was changed
    проверьте диск; ничего не изменено
    the disk did not confirm the commit to {}{}; it is there as a whole, or not at all
    диск не подтвердил запись в {}{}; она там целиком или её нет вовсе
    check the disk, then look with plan which of the two it is, and run this again
    проверьте диск, посмотрите через plan, что из двух произошло, и повторите команду
    the database {} cannot be written: the file or its file system is read-only
    писать в базу данных {} нельзя: файл или файловая система доступны только для чтения
    run as its owner, where its server runs
    выполните от имени владельца там, где работает сервер
    the write-ahead log or the shared memory of the database {} cannot be used by this user
    журнал WAL или общая память базы данных {} недоступны этому пользователю
    run as the owner of the database; to see who owns what: {}
    выполните от имени владельца базы; посмотреть, кому что принадлежит: {}
    run as the owner of the database
    выполните от имени владельца базы
    run as the user that owns the database
    выполните от имени владельца базы
    run as the owner of the database, {}: {}
    выполните от имени владельца базы, {}: {}
    run as its owner: {}
    выполните от имени владельца: {}
    run as its owner ({})
    выполните от имени владельца ({})
    run it outside this user namespace (a container without root), as the owner of the database
    выполните вне этого пространства имён (контейнера без root), от имени владельца базы
    {}, or while the server runs
    {} — или пока работает сервер
    {}, or while the server runs, whose own log is used then
    {} — или пока работает сервер, тогда используется его журнал
    cannot read {}: {}
    не удаётся прочитать {}: {}
    cannot write {}: {}
    не удаётся записать {}: {}
    check the disk, and run the command again
    проверьте диск и повторите команду
    permission denied
    нет прав
    permission denied to {}
    нет прав у пользователя {}
    it belongs to {}, not to the owner of the database
    файл принадлежит пользователю {}, а не владельцу базы
    its file system is read-only here
    файловая система здесь доступна только для чтения
    its file system is read-only here (mounted at {})
    файловая система здесь доступна только для чтения (смонтирована в {})
    run apply where Tinyforge's server runs, which writes the database; plan and drift only read
    выполните apply там, где работает сервер Tinyforge, который пишет в базу; plan и drift только читают
    the database {} is just being opened, closed or replaced by another program{}: its server is starting or stopping
    базу данных {} сейчас открывает, закрывает или заменяет другая программа{}: сервер запускается или останавливается
    try again in a moment
    повторите чуть позже
    try again later
    повторите позже
    the database {} is larger than {} MiB, the most that is read by another user than its owner while the server does not run
    база данных {} больше {} МиБ: больше не читается без владельца, пока сервер не работает
    no room for a private copy of the database {} and its log
    нет места для временной копии базы данных {} и её журнала
    set TMPDIR to a folder with room for it, or {}
    задайте в TMPDIR папку, где хватит места, — или {}
    cannot make a private copy of the database {} and its log: {}
    не удаётся сделать временную копию базы данных {} и её журнала: {}
    set TMPDIR to a folder that you may write, or {}
    задайте в TMPDIR папку, доступную вам для записи, — или {}
    the database {} has a rollback journal, {}: a program ended in the middle of a transaction, which must be rolled back before anything is read
    у базы данных {} остался журнал отката {}: программа прервалась посреди транзакции, и её нужно откатить до чтения
    another file has taken the place of the database {}
    на месте базы данных {} теперь другой файл
    another file has taken the place of the database {}; nothing was written
    на месте базы данных {} теперь другой файл; ничего не записано
    run the command again, on the database that is there now
    повторите команду: она возьмёт базу, которая там теперь
    the file system of the database {} does not lock files, so that it cannot be read safely by anyone but its owner
    файловая система базы данных {} не блокирует файлы, поэтому безопасно читать её может только владелец
    the database {} is locked by another program{}, which is writing it or has locked it exclusively (locking_mode=EXCLUSIVE)
    базу данных {} заблокировала другая программа{}: она пишет или заняла базу целиком (locking_mode=EXCLUSIVE)
    try again later; to see the program: {}
    повторите позже; посмотреть, какая это программа: {}
    the database {} is locked by another program (to {})
    базу данных {} заблокировала другая программа (действие: {})
    the database {} is locked by another program (to {}); {} is writing it
    базу данных {} заблокировала другая программа (действие: {}); в неё пишет {}
    the database {} is locked exclusively by {}: no other program can read or write it
    базу данных {} монопольно заблокировал {}: другие программы не могут ни читать, ни писать
    if it uses PRAGMA locking_mode=EXCLUSIVE, trying again does not help: end it, or let it use locking_mode=NORMAL ({})
    если он использует PRAGMA locking_mode=EXCLUSIVE, повторять бесполезно: завершите его или переведите на locking_mode=NORMAL ({})
    process {} ({})
    процесс {} ({})
    process {}
    процесс {}
     (process {})
     (процесс {})
    a process in another container
    процесс в другом контейнере
    read the schema
    чтение схемы
    read the workloads
    чтение рабочих нагрузок
    read a workload
    чтение рабочей нагрузки
    read the event log
    чтение журнала событий
    write the workload
    запись рабочей нагрузки
    write the event log
    запись журнала событий
    begin a transaction
    начало транзакции
    read the page size
    чтение размера страницы
    read the journal mode
    чтение режима журнала
    """#
}
