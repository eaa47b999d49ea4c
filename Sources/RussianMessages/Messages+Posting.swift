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
    """#
}
