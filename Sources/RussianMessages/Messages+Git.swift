/// Repositories, mirrors and revisions that cannot be read.
extension Messages {
  static let git = #"""
    TINYFORGE_MIRRORS holds an address, and mirrors are folders of this machine
    в TINYFORGE_MIRRORS записан адрес, а зеркала — это папки этой машины
    clone the repository with git clone --mirror, and name the folder that holds the clone
    клонируйте репозиторий командой git clone --mirror и укажите папку, в которой лежит клон
    the path of a repository is empty or holds a NUL character
    путь репозитория пуст или содержит символ NUL
    the folder {}, which GIT_WORK_TREE names, does not exist
    папки {}, указанной в GIT_WORK_TREE, нет
    unset GIT_WORK_TREE
    уберите переменную GIT_WORK_TREE
    libgit2 {} refused an option
    libgit2 {} не принимает параметр
    {} changes while it is read
    {} изменяется во время чтения
    run again when its writer is done
    повторите, когда запись закончится
    a commit of {} has over a million folders
    в коммите {} больше миллиона папок
    remove folders, or name the specs with --path
    уберите папки или укажите спецификации через --path
    check its permissions, or name the files
    проверьте права или укажите файлы
    source_config names no repository: repo_owner or repo_name is missing
    в source_config не указан репозиторий: нет repo_owner или repo_name
    name a clone or mirror with --repo
    укажите клон или зеркало через --repo
    {}, and over HTTP: {}
    {}; а по HTTP: {}
    no folder of mirrors is named to look for {} in
    не указана папка зеркал, где искать {}
    use --mirrors DIR, set TINYFORGE_MIRRORS, or name a clone with --repo
    укажите --mirrors ПАПКА, задайте TINYFORGE_MIRRORS или назовите клон через --repo
    {}, where a mirror of {} is looked for, may not be read by this user
    {}, где ищется зеркало {}, этому пользователю читать нельзя
    {} is not a complete repository: its clone was perhaps interrupted
    {} — не целый репозиторий: возможно, клонирование прервалось
    remove it, and clone {} there again with git clone --mirror
    удалите его и снова клонируйте туда {}: git clone --mirror
    no clone or mirror of {} at {}
    нет клона или зеркала {}: {}
    no clone or mirror of {} at {} or at {} other places
    нет клона или зеркала {}: {} (и ещё в других местах: {})
    git clone --mirror it there, or name another folder with --mirrors
    клонируйте его туда (git clone --mirror) или укажите другую папку через --mirrors
    cannot open the repository {}: permission denied
    не удаётся открыть репозиторий {}: нет прав
    there is no folder {}
    папки {} нет
    there is no git repository at {}
    репозитория git в {} нет
    the repository {} belongs to another user
    репозиторий {} принадлежит другому пользователю
    there is no branch {} in {}
    ветки {} в {} нет
    the branch {} of {} has no commits yet
    в ветке {} репозитория {} ещё нет коммитов
    there is no revision {} in {}: the reference's log is missing or does not go back that far
    ревизии {} в {} нет: журнала ссылки нет, или он начинается позже
    there is no revision {} in {}
    ревизии {} в {} нет
    the revision {} fits several objects of {}
    ревизия {} подходит нескольким объектам в {}
    {} is not a revision that git understands
    {} — не ревизия git
    '{}' is not a commit in {}
    '{}' — не коммит в {}
    '{}' is not the full id of a commit
    '{}' — не полный id коммита
    HEAD of {} names the branch {}, which does not exist; upstream has perhaps renamed it
    HEAD в {} указывает на ветку {}, которой нет; возможно, её переименовали
    {} in {} leads through over {} tags
    {} в {} ведёт через слишком много меток (больше {})
    name the commit itself
    укажите сам коммит
    {} is not in the commit {} of {}
    {}: в коммите {} репозитория {} такого файла нет
    there is no {} at {}
    {}: на коммите {} такого файла нет
    there is no {} in {} of {}
    {}: на коммите {} в {} такого файла нет
    {} has no commits yet
    в {} ещё нет коммитов
    {} in {} leads to an object that is not a file
    {} в {} указывает на объект, который не файл
    the path '{}' {}
    путь '{}' {}
    the path '{}' is not a path within a repository
    путь '{}' — не путь внутри репозитория
    give the path from the root of the repository, such as {}
    укажите путь от корня репозитория, например {}
    holds a NUL character
    содержит символ NUL
    is absolute
    абсолютный
    leaves the repository with '..'
    выходит из репозитория через '..'
    holds a '.' segment
    содержит часть '.'
    cannot {} {}: {}
    не удаётся ({}) {}: {}
    open the repository
    открытие репозитория
    open the object database of
    открытие базы объектов
    read the objects of
    чтение объектов
    read the packs of
    чтение пакетов
    read the tree of
    чтение дерева
    read a folder of
    чтение папки
    read a folder of {} in
    чтение папки {}
    read the history of
    чтение истории
    read the references of
    чтение ссылок
    read the revision {} of
    чтение ревизии {}
    read the commit {} of
    чтение коммита {}
    read the objects of {} for
    чтение объектов {}
    follow {} to a commit in
    переход по {} к коммиту
    read {} of
    чтение {}
    read {} in
    чтение {}
    cannot read the reference {}: {}
    не удаётся прочитать ссылку {}: {}
    the reference {} of {} {}
    ссылка {} в {} {}
    is malformed
    записана неверно
    is a link that leads nowhere
    ведёт в никуда
    cannot be opened
    не открывается
    libgit2 {} is not installed here; it is needed to read repositories
    здесь не установлена библиотека libgit2 {}: она нужна, чтобы читать репозитории
    libgit2 {} could not be started: {}
    не удаётся запустить libgit2 {}: {}
    cannot read the git configuration {}: {}
    не удаётся прочитать настройки git {}: {}
    line {} of the git configuration {} is malformed
    в настройках git неверна строка {}: {}
    git's configuration includes {} over {} deep
    настройки git включают {} слишком глубоко (больше {})
    remove an include.path that leads back to its own file
    удалите include.path, который ведёт в свой же файл
    the repository {} sets extensions.objectformat, which git refuses in a repository of version 0
    в репозитории {} задан extensions.objectformat, а в версии 0 git его не примет
    the repository {} names its objects by {} (extensions.objectformat), {}
    объекты репозитория {} названы по {} (extensions.objectformat), {}
    the repository {} keeps its references as a {} (extensions.refstorage), {}
    ссылки репозитория {} хранятся как {} (extensions.refstorage), {}
    the repository {} uses extensions.{}, {}
    репозиторий {} использует extensions.{}, {}
    which libgit2 {} does not know
    чего libgit2 {} не знает
    the repository {} has a format that libgit2 {} does not know
    формат репозитория {} библиотеке libgit2 {} неизвестен
    push a branch without that object, or {}
    отправьте ветку без этого объекта или {}
    """#
}
