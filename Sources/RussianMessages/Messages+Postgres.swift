/// Databases of PostgreSQL: what keeps a tool from using them, and what to do about it.
extension Messages {
  static let postgres = #"""
    libpq is not installed here; it is needed to reach a PostgreSQL database
    libpq здесь не установлена; без неё нельзя обратиться к базе PostgreSQL
    libpq is of version {} here; 14 or later is needed
    версия libpq здесь {}; нужна 14 или новее
    libpq lacks functions here; version 14 or later is needed
    у libpq здесь нет нужных функций; нужна версия 14 или новее
    apt-get install libpq5, or dnf install libpq
    apt-get install libpq5 или dnf install libpq
    apt-get install libpq5, or dnf install libpq; where that is older, from https://www.postgresql.org/download
    apt-get install libpq5 или dnf install libpq; если там версия старше — с https://www.postgresql.org/download
    libpq cannot read the address of the PostgreSQL database
    libpq не может разобрать адрес базы PostgreSQL
    write it as postgres://HOST/DATABASE?port=PORT&user=USER&sslmode=verify-full, with each special character of a name as % and two hexadecimal digits
    напишите его как postgres://УЗЕЛ/БАЗА?port=ПОРТ&user=РОЛЬ&sslmode=verify-full, а особые знаки имён — как % и две шестнадцатеричные цифры
    the address after --db holds a password, which every user of this machine can see in the list of processes
    в адресе после --db есть пароль, а его видит в списке процессов любой пользователь этой машины
    change that password; then keep it in PGPASSWORD, in a file that PGPASSFILE names, or in TINYFORGE_DB with the whole address, and leave it out of --db
    смените этот пароль; храните его в PGPASSWORD, в файле из PGPASSFILE или вместе с адресом в TINYFORGE_DB и не пишите в --db
    cannot connect to the database {}
    не удаётся подключиться к базе данных {}
    cannot connect to the database {}: {}
    не удаётся подключиться к базе данных {}: {}
    check the address, the user and the password with: {}
    проверьте адрес, роль и пароль: {}
    the server did not answer within {} seconds
    сервер не ответил за {} с
    the connection to the database {} was lost (to {})
    связь с базой данных {} прервалась (действие: {})
    the connection to the database {} was lost (to {}): {}
    связь с базой данных {} прервалась (действие: {}): {}
    check that the server runs, and try again: {}
    убедитесь, что сервер работает, и повторите: {}
    unknown: the connection to the database {} was lost while a change was written; whether it was kept cannot be told
    неизвестно: связь с базой данных {} прервалась во время записи; сохранено ли изменение, сказать нельзя
    look with: apply history, then run the command again: it completes the change, or finds it done
    посмотрите в apply history и повторите команду: она завершит изменение или увидит, что оно сделано
    the database {} is busy (to {})
    база данных {} занята (действие: {})
    the database {} is busy (to {}): {}
    база данных {} занята (действие: {}): {}
    the database {} denies its user what is needed to {}
    база данных {} не даёт роли нужных прав (действие: {})
    the database {} denies its user what is needed to {}: {}
    база данных {} не даёт роли нужных прав (действие: {}): {}
    grant what docs/postgres.md lists, as the owner of the tables
    дайте права, перечисленные в docs/postgres.md, от имени владельца таблиц
    the database {} is read-only for this connection (to {})
    база данных {} для этого подключения доступна только на чтение (действие: {})
    name the primary server, or several with target_session_attrs=read-write in the address, and see that default_transaction_read_only of the role is off
    укажите основной сервер или несколько с target_session_attrs=read-write в адресе и выключите default_transaction_read_only у роли
    try again later, or raise statement_timeout of the role
    повторите позже или увеличьте statement_timeout роли
    the database {} ended a transaction that took too long (to {}); nothing was changed
    база данных {} прервала слишком долгую транзакцию (действие: {}); ничего не изменено
    raise idle_in_transaction_session_timeout and transaction_timeout of the role: reading a spec over HTTP may take a minute
    увеличьте idle_in_transaction_session_timeout и transaction_timeout роли: чтение спецификации по HTTP может занять минуту
    the connection to the database {} was lost: connecting again
    связь с базой данных {} прервалась: подключаюсь снова
    the disk of the database {} is full (to {}); nothing was changed
    диск базы данных {} заполнен (действие: {}); ничего не изменено
    make room on the server and try again
    освободите место на сервере и повторите
    the database {} refused to {}: {} (SQLSTATE {})
    база данных {} отказала (действие: {}): {} (SQLSTATE {})
    keep the tables in a database with ENCODING 'UTF8', and U+0000 out of their texts
    храните таблицы в базе с ENCODING 'UTF8' и без U+0000 в текстах
    look at the tables, their constraints and triggers: {}
    посмотрите таблицы, их ограничения и триггеры: {}
    the database {} has no workloads table that its user can see
    в базе данных {} нет таблицы workloads, доступной роли
    name Tinyforge's own database; a table in another schema is seen after ALTER ROLE ROLE SET search_path = SCHEMA and GRANT USAGE ON SCHEMA SCHEMA TO ROLE
    укажите базу самого Tinyforge; таблица в другой схеме видна после ALTER ROLE ROLE SET search_path = SCHEMA и GRANT USAGE ON SCHEMA SCHEMA TO ROLE
    the column source_config of {} is of the type {}, which is not supported: make it text, json or jsonb
    столбец source_config в {} имеет тип {}, который не поддерживается: сделайте его text, json или jsonb
    the server of the database {} is a standby, which cannot be written
    сервер базы данных {} — реплика, писать в неё нельзя
    name the primary server, or all of them: postgres://HOST1,HOST2/DATABASE?target_session_attrs=read-write
    укажите основной сервер или все: postgres://УЗЕЛ1,УЗЕЛ2/БАЗА?target_session_attrs=read-write
    the address {} leads to another database by now; nothing was written
    адрес {} ведёт уже к другой базе; ничего не записано
    another program keeps the row of workload {} locked (to read a workload)
    другая программа держит строку рабочей нагрузки {}
    try again later, or see which: {}
    повторите позже или посмотрите, какая: {}
    it needs a key, which keeps guesses of secrets from being tested against it. {}
    ему нужен ключ, чтобы по нему нельзя было подбирать секреты. {}
    name a file that this user may make: TINYFORGE_PLAN_KEY_FILE=FILE
    укажите файл, который этот пользователь может создать: TINYFORGE_PLAN_KEY_FILE=ФАЙЛ
    the server of {} is PostgreSQL {}; the tools are tested with 15
    сервер {} — PostgreSQL {}; инструменты проверены с 15
    the server of {} is a standby: plan and drift can be run on it, apply only on the primary server
    сервер {} — реплика: plan и drift на ней работают, apply — только на основном сервере
    the role {} may not {} of {}
    роль {} не имеет права {} в {}
    row security is active on {}: rows that its policies hide from this role are neither checked nor written
    на {} действует защита строк: строки, скрытые политиками от этой роли, не проверяются и не записываются
    the lock of a workload is held by process {} of {}, which is suspended
    блокировку рабочей нагрузки держит процесс {} пользователя {}, он приостановлен
    connection to server on socket {} failed: {}
    сервер на сокете {} не отвечает: {}
    connection to server at {}, port {} failed: {}
    сервер {}, порт {}, не отвечает: {}
    could not translate host name {} to address: {}
    адрес узла {} не найден: {}
    connect
    подключение
    set the transaction up
    настройка транзакции
    lock a workload
    блокировка рабочей нагрузки
    run the deferred triggers
    выполнение отложенных триггеров
    read the volumes of workloads
    чтение томов рабочих нагрузок
    read who holds the locks
    чтение владельцев блокировок
    identify the server
    определение сервера
    """#
}
