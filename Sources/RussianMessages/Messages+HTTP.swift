/// Forges: what they answer, what keeps them from being asked, and comments that cannot be posted.
extension Messages {
  static let http = #"""
    the name {} has no address
    у имени {} нет адреса
    check base_url, and that this machine is online
    проверьте base_url и сеть на этой машине
    no server answers at {}
    {} не отвечает
    check base_url, and that the forge is up
    проверьте base_url и работает ли сервер репозиториев
    {} gave no complete answer within {}
    {}: нет полного ответа за {}
    the run's time was over before {} answered
    время запуска вышло раньше, чем ответил {}
    {} broke the connection off before the whole answer was here
    {}: соединение оборвалось до конца ответа
    the request to {} cannot be made (libcurl {})
    запрос к {} сделать нельзя (libcurl {})
    what {} answered is not readable HTTP (libcurl {})
    {}: ответ — не HTTP, который можно прочитать (libcurl {})
    check base_url, and the proxies between this machine and the forge
    проверьте base_url и что находится между этой машиной и сервером репозиториев
    check the proxies between this machine and the forge
    проверьте, что находится между этой машиной и сервером репозиториев
    the file of trusted certificates cannot be read
    файл доверенных сертификатов не читается
    check --ca-file and SSL_CERT_FILE
    проверьте --ca-file и SSL_CERT_FILE
    no encrypted connection to {} could be set up
    не удаётся установить шифрованное соединение с {}
    check that the forge speaks https at this port
    проверьте, что на этом порту сервер отвечает по https
    the certificate of {} is not to be trusted
    сертификату {} нельзя доверять
    the certificate of {} is not to be trusted: {}
    сертификату {} нельзя доверять: {}
    renew the certificate, or name the authority that signed it with --ca-file
    исправьте сертификат или укажите подписавший его центр через --ca-file
    the proxy on the way to {} does not answer, or cannot be used
    прокси на пути к {} не отвечает или непригоден
    check https_proxy, http_proxy, all_proxy and no_proxy
    проверьте https_proxy, http_proxy, all_proxy и no_proxy
    the proxy on the way to {} wants a user and a password (407)
    прокси на пути к {} требует имя и пароль (407)
    write them into https_proxy
    запишите их в https_proxy
    the proxy refused the way to {} ({})
    прокси не пропускает к {} ({})
    check https_proxy and no_proxy
    проверьте https_proxy и no_proxy
    {} is a cloud's metadata service, which is never asked
    {} — служба метаданных облака, к ней обращаться нельзя
    check base_url in the workload's config
    проверьте base_url в конфигурации рабочей нагрузки
    {} is {}, which is not asked unless its network is named
    {}: это {}, и обращаться туда можно, только если сеть указана
    if the forge is meant to be there, use {}, or TINYFORGE_ALLOW_NETWORK
    если сервер действительно там, задайте {} или TINYFORGE_ALLOW_NETWORK
    {} is at {}, which
    {} (адрес {})
    {} would be asked without encryption
    {}: обращение было бы без шифрования
    {} would be asked without encryption ({})
    {}: обращение было бы без шифрования ({})
    use an https:// address, or allow plain http to that network with {}
    укажите адрес https:// или разрешите http для этой сети: {}
    use an https:// address, or name the forge's network with --allow-network or TINYFORGE_ALLOW_NETWORK
    укажите адрес https:// или назовите сеть сервера через --allow-network либо TINYFORGE_ALLOW_NETWORK
    a private address
    частный адрес
    a loopback address
    адрес этой же машины
    the loopback address
    адрес этой же машины
    a link-local address
    адрес локального канала
    a reserved address
    зарезервированный адрес
    {} is in no network that was named, so the token, which names no forge, is not sent
    {} не входит в указанные сети, поэтому токен без адреса сервера не отправляется
    libcurl is not installed here; it is needed to ask a forge over HTTP
    здесь не установлена библиотека libcurl: она нужна для запросов по HTTP
    libcurl could not be started
    не удаётся запустить libcurl
    line {} of {} is neither a token nor `https://HOST TOKEN`
    строка {} в {} — не токен и не `https://HOST TOKEN`
    write one token alone, or a line for each forge: its address, a space, its token
    запишите один токен либо по строке на сервер: адрес, пробел, токен
    {} holds several tokens without the forge that they are for
    в {} несколько токенов без адреса сервера
    write a line for each forge: its address, a space, its token
    запишите по строке на сервер: адрес, пробел, токен
    {} holds no token
    {}: токена нет
    set it to one, or unset it
    запишите туда токен или удалите переменную
    the token that was given names no forge, and the workloads are on several
    у заданного токена нет адреса сервера, а рабочие нагрузки на нескольких серверах
    the token that was given names no forge, so it is not sent to this one
    у заданного токена нет адреса сервера, поэтому этому серверу он не отправляется
    source_config names no forge: base_url is missing
    в source_config не указан сервер репозиториев: нет base_url
    base_url in source_config is not the address of a forge
    base_url в source_config — не адрес сервера репозиториев
    write it as https://HOST or https://HOST/PATH
    запишите как https://HOST или https://HOST/PATH
    source_config does not tell what kind of forge it is: provider is "{}"
    по source_config не видно, что это за сервер: provider "{}"
    source_config does not tell what kind of forge it is: provider is missing
    по source_config не видно, что это за сервер: нет provider
    use gitea, github or gitlab
    укажите gitea, github или gitlab
    {} denies access to {} (403)
    {}: нет доступа к {} (403)
    {} denies access to {} (403): {}
    {}: нет доступа к {} (403): {}
    give the token the right to read the repository's contents
    дайте токену право читать содержимое репозитория
    {} failed on its own side ({})
    {}: ошибка на стороне сервера ({})
    {} failed on its own side ({}): {}
    {}: ошибка на стороне сервера ({}): {}
    try again later, or look at the forge's log
    повторите позже или посмотрите журнал сервера
    {} answered {} to the request for {}
    {}: ответ {} на запрос ({})
    {} answered {} to the request for {}: {}
    {}: ответ {} на запрос ({}): {}
    check base_url and provider in the workload's config
    проверьте base_url и provider в конфигурации рабочей нагрузки
    there is no repository {} at {}, or the token may not see it
    репозитория {} на {} нет, либо он не виден с этим токеном
    there is no repository {} at {}, or it takes a token to see it
    репозитория {} на {} нет, либо он виден только с токеном
    check repo_owner and repo_name, and what the token may read
    проверьте repo_owner, repo_name и права токена
    check repo_owner and repo_name, or give a token in TINYFORGE_TOKEN or --token-file
    проверьте repo_owner и repo_name или дайте токен в TINYFORGE_TOKEN либо --token-file
    check the branch in the workload's config
    проверьте ветку в конфигурации рабочей нагрузки
    name a branch, a tag or a whole commit id
    укажите ветку, метку или полный id коммита
    {} answered the request for {} with a web page, perhaps to log in
    {}: на запрос ({}) пришла веб-страница, возможно, страница входа
    {} answered the request for {} with something else
    {}: на запрос ({}) пришло что-то другое
    {} at {} was moved or renamed: the forge redirects{} ({}), which is not followed
    {} на {} перемещён или переименован: сервер перенаправляет{} ({}), переход не выполняется
    set the new owner and name, or the new base_url, in Tinyforge
    задайте в Tinyforge новых владельца и имя или новый base_url
    {} requires a token (401)
    {}: нужен токен (401)
    {} requires a token (401): {}
    {}: нужен токен (401): {}
    {} refuses the token (401)
    {}: токен не принят (401)
    {} refuses the token (401): {}
    {}: токен не принят (401): {}
    make a new token that may read the repository, and save it in Tinyforge, or give it in TINYFORGE_TOKEN
    создайте токен с правом читать репозиторий и сохраните его в Tinyforge либо дайте в TINYFORGE_TOKEN
    set ENCRYPTION_KEY, so that the workload's own token can be used
    задайте ENCRYPTION_KEY, чтобы использовать токен самой рабочей нагрузки
    {}: write {} into TINYFORGE_TOKEN or a --token-file
    {}: запишите {} в TINYFORGE_TOKEN или в --token-file
    rate limit of {} exceeded ({})
    {}: превышен предел запросов ({})
    rate limit of {} exceeded ({}): {}
    {}: превышен предел запросов ({}): {}
    rate limit of {} exceeded for now ({})
    {}: пока больше запросов нельзя ({})
    {}, or ask for fewer at a time with --jobs
    {} или запрашивайте меньше сразу (--jobs)
    {}; a token raises the limit
    {}; с токеном предел выше
    try again in {} s
    повторите через {} с
    try again in {} min
    повторите через {} мин
    the workload's access_token cannot be decrypted with this ENCRYPTION_KEY
    access_token рабочей нагрузки не расшифровывается этим ENCRYPTION_KEY
    set the ENCRYPTION_KEY that Tinyforge runs with, or save the token there anew
    задайте ENCRYPTION_KEY, с которым работает Tinyforge, или сохраните там токен заново
    skipped: {} is not asked again in this run, since {}
    пропущено: {} в этом запуске больше не запрашивается: {}
    {} requests in a row failed, the last because {}
    подряд не удалось запросов: {}, последний потому, что {}
    {} answers with a web page
    {}: вместо ответа приходит веб-страница
    check base_url
    проверьте base_url
    the spec
    спецификация
    the repository
    репозиторий
    the commit
    коммит
    not posted: {}
    не опубликовано: {}
    not posted to {}: {}
    не опубликовано в {}: {}
    this runs in no pipeline of GitHub, Gitea or GitLab
    это не конвейер GitHub, Gitea или GitLab
    name the pull or merge request with --post-to URL
    укажите запрос на слияние через --post-to URL
    name the pull request with --post-to URL
    укажите запрос на слияние через --post-to URL
    name the merge request with --post-to URL
    укажите запрос на слияние через --post-to URL
    name one with --post-to URL
    укажите нужный через --post-to URL
    this run is of {}, and of no pull request
    этот запуск ({}) не связан с запросом на слияние
    this run is of {}, and of no merge request
    этот запуск ({}) не связан с запросом на слияние
    {} merge requests are open for this branch
    для этой ветки открыто запросов на слияние: {}
    there is no token
    токена нет
    there is no token (CI_JOB_TOKEN may not write notes)
    токена нет (CI_JOB_TOKEN комментарии писать не может)
    there is no token, for the {} comes from a fork, whose runs get no secrets
    токена нет: запрос на слияние пришёл из форка, а его запускам секреты не даются
    read the report in the job's log
    отчёт есть в журнале задания
    set TINYFORGE_TOKEN or name a --token-file; it needs {}
    задайте TINYFORGE_TOKEN или --token-file; нужны права: {}
    it needs {}
    нужны права: {}
    the scopes write:issue, write:repository and read:user
    write:issue, write:repository и read:user
    the scope api and the role Reporter; CI_JOB_TOKEN may not write notes
    api и роль Reporter; CI_JOB_TOKEN комментарии писать не может
    `permissions: pull-requests: write` for the job's own token
    `permissions: pull-requests: write` у токена задания
    without a token, the comments that exist already cannot be read
    без токена не видно, какой комментарий там уже есть
    the forge cannot be asked, so this is what is sent where no comment is there yet
    сервер недоступен: показан запрос для случая, когда комментария ещё нет
    nothing would be sent to {}
    в {} ничего не отправилось бы
    the report is now a comment on {}
    отчёт опубликован комментарием в {}
    the comment on {} was brought up to date
    комментарий в {} обновлён
    the comment on {} is up to date already
    комментарий в {} уже такой же
    nothing to report on {}, and no comment there
    в {} сообщать нечего, и комментария там нет
    {} rejects the token
    {}: токен неизвестен
    {} rejects the token: {}
    {}: токен неизвестен: {}
    check TINYFORGE_TOKEN or --token-file: the token may have run out
    проверьте TINYFORGE_TOKEN или --token-file: возможно, срок токена истёк
    the thread of {} is locked
    обсуждение {} закрыто
    unlock it, or use a token that may write all the same
    откройте его или возьмите токен, которому можно писать и так
    {} shows no {} to this token
    {}: с этим токеном {} не виден
    check that it exists, and that the token may read it
    проверьте, что он есть и что токену можно его читать
    the token may not comment on {}
    токену нельзя комментировать {}
    run the job again later
    повторите задание позже
    run the job again later, or post from fewer jobs
    повторите задание позже или публикуйте из меньшего числа заданий
    {} answered with {}
    {}: ответ {}
    {} does not say whose the token is
    {} не сообщает, чей это токен
    name the account that comments with --post-as LOGIN
    укажите учётную запись через --post-as LOGIN
    """#
}
