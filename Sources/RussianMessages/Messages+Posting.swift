/// What keeps a comment from being posted, and rarer answers of forges.
extension Messages {
  static let posting = #"""
    write the token as `{} TOKEN`
    запишите токен так: `{} TOKEN`
    write both on one line: `https://HOST TOKEN`
    запишите оба в одной строке: `https://HOST TOKEN`
    {} has more comments than are looked through
    {}: комментариев больше, чем просматривается
    {} does not answer as {} does
    {} отвечает не так, как {}
    check the address of the API, and the proxies on the way to it
    проверьте адрес API и то, что стоит между
    {} is not the address of an API
    {}: публиковать по этому адресу нельзя
    the forge could not be asked
    сервер репозиториев опросить не удалось
    the spec at {} holds the very token that it was fetched with
    спецификация {} содержит тот самый токен, с которым её запросили
    revoke the token, and take it out of the repository
    отзовите токен и уберите его из репозитория
    the proxy on the way to {} requires a user and a password (407)
    прокси на пути к {} требует имя и пароль (407)
    the proxy on the way to {} requires a user and a password (407): {}
    прокси на пути к {} требует имя и пароль (407): {}
    write them into http_proxy or https_proxy
    запишите их в http_proxy или https_proxy
    write an international host name in its ASCII form, which begins with xn--
    запишите имя узла в форме ASCII, которая начинается с xn--
    leave /api/{} out of it: base_url is the address that people use
    уберите /api/{}: base_url — это адрес, по которому заходят люди
    write the owner and the repository's name as the forge shows them
    запишите владельца и имя репозитория так, как их показывает сервер
    correct TINYFORGE_ALLOW_NETWORK
    исправьте TINYFORGE_ALLOW_NETWORK
    the token cannot be read
    токен прочитать нельзя
    no HTTP client can be made
    клиент HTTP создать не удалось
    GITHUB_API_URL, GITHUB_SERVER_URL or GITHUB_REPOSITORY is missing or malformed
    GITHUB_API_URL, GITHUB_SERVER_URL или GITHUB_REPOSITORY не заданы или неверны
    CI_API_V4_URL or CI_PROJECT_ID is missing or malformed
    CI_API_V4_URL или CI_PROJECT_ID не заданы или неверны
    {} says with {} that {} has moved
    {}: ответ {}, {} теперь в другом месте
    use the repository's new name
    используйте новое имя репозитория
    a token follows no redirect
    с токеном переадресация не выполняется
    the repository of {} is archived
    репозиторий {} в архиве
    run the job again in {} s
    запустите задание через {} с
    {} refused the comment on {} with {}
    {}: комментарий к {} не принят, ответ {}
    {} takes no more requests of this token for now
    {} пока не принимает запросов с этим токеном
    {} takes no more requests of this token for now: it takes requests again in {} s
    {} пока не принимает запросов с этим токеном: снова примет через {} с
    check GITHUB_STEP_SUMMARY
    проверьте GITHUB_STEP_SUMMARY
    there is no token (CI_JOB_TOKEN may not write issues)
    токена нет (CI_JOB_TOKEN задачи писать не может)
    `permissions: issues: write` for the job's own token
    `permissions: issues: write` у токена задания
    the scopes write:issue, read:repository and read:user
    write:issue, read:repository и read:user
    the scope api and the role Reporter; CI_JOB_TOKEN may not write issues
    api и роль Reporter; CI_JOB_TOKEN задачи писать не может
    the token may not write issues of {}
    токену нельзя писать задачи в {}
    {} refused the issue of {} with {}
    {}: задача в {} не принята, ответ {}
    {} says with 410 that {} is switched off or was removed
    {}: ответ 410, {} отключено или удалено
    enable it in the settings of its repository, or name another one
    включите это в настройках репозитория или укажите другой
    issues are switched off in {}
    в {} задачи отключены
    enable them in its settings, or name another one with --post-issue OWNER/REPO
    включите их в настройках или укажите другой через --post-issue OWNER/REPO
    name another one with --post-issue OWNER/REPO
    укажите другой через --post-issue OWNER/REPO
    name another repository with --post-issue OWNER/REPO
    укажите другой репозиторий через --post-issue OWNER/REPO
    {} has more issues than are looked through
    {}: задач больше, чем просматривается
    repository {}
    репозиторий {}
    issue {}
    задача {}
    name the API of the forge with --post-api URL
    укажите API сервера через --post-api URL
    the pipeline does not tell the address of its forge's API
    конвейер не сообщает адреса API своего сервера
    name it with --post-api URL
    укажите его через --post-api URL
    {} is not a repository of {}, where it is an owner and a name
    {} не может быть репозиторием в {}: там это владелец и имя
    write it as OWNER/REPO
    запишите его как OWNER/REPO
    without a token, the issues that exist already cannot be read
    без токена не видно, какая задача там уже есть
    the forge cannot be asked, so this is what is sent where no issue is there yet
    сервер недоступен: показан запрос для случая, когда задачи ещё нет
    the labels are sent by their ids, which the forge has to be asked for
    метки отправляются по номерам, а их надо спросить у сервера
    the report is now issue {}
    отчёт опубликован задачей {}
    issue {} was brought up to date
    задача {} обновлена
    issue {} was reopened, for the drift is another or is back
    задача {} открыта снова: расхождения другие или вернулись
    issue {} was closed, for the drift is gone
    задача {} закрыта: расхождений больше нет
    issue {} is up to date already
    задача {} уже такая же
    issue {} stays closed: somebody closed it, and the drift is still the one that it reports
    задача {} остаётся закрытой: её кто-то закрыл, а расхождения всё те же
    nothing to report in {}, and no issue there
    в {} сообщать нечего, и задачи там нет
    the last word on {} could not be written: {}
    последний комментарий к {} написать не удалось: {}
    the issue has no label {}: {} does not have it, or the token may not set it
    у задачи нет метки {}: её нет в {}, или токену нельзя её ставить
    create it in the repository, and set it on the issue
    создайте её в репозитории и поставьте на задачу
    """#
}
