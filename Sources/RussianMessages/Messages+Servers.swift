extension Messages {
  /// What is said of servers and their databases.
  static let servers = """
    {} and {} tell different things of the same workload: {}
    {} и {} говорят об одной и той же рабочей нагрузке разное: {}
    merge one report for each shard of one split; if the workloads are of several servers, make the reports of each with {}
    объединяйте по одному отчёту на каждую часть одного деления; если нагрузки с разных серверов, делайте отчёты каждого с {}
    "{}" is not the name of a server: {}
    "{}" — не имя сервера: {}
    a name has letters, digits, ".", "_" and "-", a letter or digit first, and at most 64 of them
    в имени до 64 букв, цифр, ".", "_" и "-", первой — буква или цифра
    write one such as {}
    укажите, например, {}
    a snapshot keeps the name of its server: give it to {} {}, and not with {}
    снимок хранит имя своего сервера: укажите его для {} {}, а не вместе с {}
    server {}: {}
    сервер {}: {}
    what is before the "=" in {} is not the name of a server: {}
    то, что в {} стоит до "=", — не имя сервера: {}
    write a database as {} {}, and a file that has = in its own name as {} {}
    записывайте базу данных как {} {}, а файл, в имени которого есть =, как {} {}
    the path after {} {} is empty
    путь после {} {} пуст
    several databases are given, and not each with the name of its server
    указано несколько баз данных, и не у каждой есть имя её сервера
    name each, such as {} {} {} {}
    назовите каждую, например {} {} {} {}
    two databases are given as those of the server {}
    две базы данных указаны для одного сервера {}
    give each server a name of its own
    дайте каждому серверу своё имя
    the servers {} and {} are given the same database
    для серверов {} и {} указана одна и та же база данных
    give each server the database of its own
    укажите для каждого сервера его базу данных
    {} names the server of one database, and {} {} has names of its own
    {} задаёт сервер одной базы данных, а в {} {} есть свои имена
    leave out {}
    уберите {}
    {} databases are given, and this command works on one
    баз данных указано {}, а эта команда работает с одной
    run it once for each, with one {}
    запустите её для каждой отдельно, с одним {}
    one transaction is in one database, and {} is given with {}
    одна транзакция — в одной базе данных, а {} задано для {}
    run {} {} once for each, with one {}; or leave out {}
    запустите {} {} для каждой отдельно, с одним {}; или уберите {}
    several servers have a workload "{}"
    рабочая нагрузка "{}" есть на нескольких серверах
    name the server too: {}
    укажите и сервер: {}
    no database of the server {} is given
    для сервера {} не указана база данных
    the saved plan names no server, and several databases are given
    в сохранённом плане нет сервера, а указано несколько баз данных
    give the one that it was made for, with one {}
    укажите ту, для которой он сделан, с одним {}
    the saved plan is for server {}, and the databases that are given are of {}
    сохранённый план — для сервера {}, а указаны базы данных {}
    give its database by that name: {} {}, or with {} {}
    укажите его базу данных под этим именем: {} {}, или вместе с {} {}
    the saved plan is for server {}, and no server is named
    сохранённый план — для сервера {}, а сервер не назван
    """
}
