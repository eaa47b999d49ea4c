/// Workloads, their rows, plans, syncs and reverts: refusals, notes and what to do about them.
extension Messages {
  static let sync = #"""
    note: {}
    примечание: {}
    GitOps serves dockerfile and static sources, not {}
    GitOps работает с источниками dockerfile и static, а не {}
    the workload is not opted in to GitOps
    GitOps для рабочей нагрузки не включён
    to opt it in: apply enable {}
    чтобы включить: apply enable {}
    the workload is no longer opted in to GitOps
    GitOps для рабочей нагрузки больше не включён
    the live config (source_config) cannot be used: {}
    действующую конфигурацию (source_config) использовать нельзя: {}
    save the workload once in Tinyforge's own form
    сохраните рабочую нагрузку один раз в форме самого Tinyforge
    the spec is not valid
    спецификация содержит ошибки
    {} is not compared: its live value looks like a credential, and so is not in the snapshot
    поле {} не сравнивается: его действующее значение похоже на секрет, поэтому его нет в снимке
    the server's decoder refuses the whole live config: {}
    сервер не примет действующую конфигурацию целиком: {}
    it is no longer as shown: the commit, the spec or the live config moved; look again
    показанное устарело: изменились коммит, спецификация или действующая конфигурация; посмотрите снова
    it is no longer as shown: the live config moved; look again
    показанное устарело: действующая конфигурация изменилась; посмотрите снова
    the branch has moved on since the plan, from commit {} to {}; the spec is the same there; to plan anew: plan --workload {} --out FILE
    с составления плана ветка продвинулась с коммита {} на {}; спецификация там та же; новый план: plan --workload {} --out FILE
    the branch has moved on since the plan, from commit {} to {}; the spec is another one there, which the plan does not apply; to plan anew: plan --workload {} --out FILE
    с составления плана ветка продвинулась с коммита {} на {}; спецификация там другая, и план её не применяет; новый план: plan --workload {} --out FILE
    the config that a sync would make is not valid
    конфигурация после синхронизации была бы недопустимой
    the spec has no commit to record
    у спецификации нет коммита, который можно записать
    the mirror {} was last fetched {}, {} ago: what it holds may be out of date
    зеркало {} обновлялось последний раз {}, {} назад: оно могло устареть
    {}: its mirror {} was last fetched {}, {} ago
    {}: зеркало {} обновлялось последний раз {}, {} назад
    {} days
    {} дн.
    1 day
    1 дн.
    {} hours
    {} ч
    1 hour
    1 ч
    {} minutes
    {} мин
    1 minute
    1 мин
    {} seconds
    {} с
    1 second
    1 с
    the path "{}" {}
    путь "{}" {}
    is absolute; give it from the repository's root
    абсолютный; укажите его от корня репозитория
    give it from the repository's root
    укажите его от корня репозитория
    leaves the repository with ".."
    выходит из репозитория через ".."
    holds a "." segment
    содержит часть "."
    holds an empty segment
    содержит пустую часть
    leads into .git
    ведёт в .git
    holds a control character
    содержит управляющий символ
    event {} reverted the sync of event {}
    событие {} отменило синхронизацию, событие {}
    event {} put back the spec of commit {}
    событие {} вернуло спецификацию коммита {}
    the spec still declares the value that was undone
    в спецификации отменённое значение осталось
    the history was not read to its end within {}; --history-timeout sets another time
    история не прочитана до конца за {}; другое время задаёт --history-timeout
    the commit of the last sync ({}) is not the full id of a commit
    коммит последней синхронизации ({}) записан не полным id
    the spec as of the last sync ({}) cannot be read: {}
    спецификацию на момент последней синхронизации ({}) прочитать нельзя: {}
    gitops_path was moved: it was {} at the last sync
    gitops_path изменился: при последней синхронизации был {}
    the commit of the last sync ({})
    коммит последней синхронизации ({})
    the clone is shallow, and does not hold {}; git fetch --unshallow gets it
    в неполном клоне отсутствует {}; его принесёт git fetch --unshallow
    the repository does not hold {}: its history was rewritten, or it is another one
    в репозитории отсутствует {}: история переписана, либо репозиторий другой
    the clone is shallow: whether its history holds {} cannot be told
    клон неполный: есть ли в его истории {}, неизвестно
    {} is not among the latest {} commits; --history N looks further
    {}: среди последних коммитов ({}) не найден; дальше смотрит --history N
    whether the branch holds {} cannot be told: {}
    есть ли в ветке {}, неизвестно: {}
    the history was rewritten: it no longer holds {}
    история переписана: в ней больше не найден {}
    the last sync ({})
    последняя синхронизация ({})
    there was no {} as of {}: gitops_path was moved since
    файла {} тогда не было ({}): gitops_path с тех пор изменился
    the spec as of {} is none: {}
    спецификации на тот момент нет ({}): {}
    the spec as of {} is not valid
    спецификация на тот момент содержит ошибки ({})
    the spec as of {} did not declare {}
    спецификация на тот момент ({}) не объявляла {}
    the spec was read without its history
    спецификация прочитана без истории
    the clone is shallow: the line is older than what it holds
    клон неполный: строка старше того, что в нём есть
    the clone is shallow
    клон неполный
    the clone is shallow and does not hold the last synced commit
    клон неполный, в нём нет последнего синхронизированного коммита
    not among the latest {} commits; --history N looks further
    среди последних коммитов ({}) не найден; дальше смотрит --history N
    the history cannot be read: {}
    историю прочитать нельзя: {}
    the causes were not looked for
    причины не выяснялись
    no sync of the workload is recorded
    рабочая нагрузка ещё ни разу не синхронизировалась
    no plan was saved to {}: the {} of {} looks like a credential, which no saved plan may hold
    план в {} не сохранён: поле {} нагрузки {} похоже на секрет, а их в плане быть не должно
    take the credential out of the config, or leave the workload out of the plan
    уберите секрет из конфигурации или не включайте эту нагрузку в план
    no plan was saved to {}: {} cannot be planned
    план в {} не сохранён: для {} плана нет
    fix what is reported of it, or leave it out with --workload
    исправьте то, что о ней сообщается, или не берите её (--workload)
    {} is not a saved plan, but {}
    {} — не сохранённый план, а {}
    save one: plan --workload ID --out FILE
    сохраните план: plan --workload ID --out FILE
    the saved plan {} was changed or cut off after it was made: {}
    сохранённый план {} изменён или обрезан после создания: {}
    the saved plan {} was made by version {}, and this is {}, which might merge in another way
    сохранённый план {} сделан версией {}, а это {}: она может объединять иначе
    the saved plan {} was made by an older version, whose digests have no key: anyone who has the file can test guesses of secrets against it
    сохранённый план {} сделан старой версией без ключа: тот, у кого есть файл, может подбирать по нему секреты
    remove it and make a new plan: plan --workload ID --out FILE
    удалите его и сделайте новый план: plan --workload ID --out FILE
    make a new plan: plan --workload ID --out FILE
    сделайте новый план: plan --workload ID --out FILE
    no plan was saved to {}: it needs the key beside the database's locks, which keeps guesses of secrets from being tested against it. {}
    план в {} не сохранён: нужен ключ рядом с блокировками базы, чтобы по плану нельзя было подбирать секреты. {}
    the saved plan does not fit the key of this database's plans: it is of another database, or the key ({}) was removed since
    сохранённый план не подходит к ключу планов этой базы: он от другой базы, либо ключ ({}) с тех пор удалён
    the saved plan no longer fits: the workload is no longer in the database; make a new one without it: plan --workload ID --out FILE
    сохранённый план больше не подходит: рабочей нагрузки в базе уже нет; сделайте новый без неё: plan --workload ID --out FILE
    the saved plan no longer fits: {}; make a new one: {}
    сохранённый план больше не подходит: {}; сделайте новый: {}
    the spec at commit {} is not the one that was planned from
    спецификация на коммите {} не та, по которой составлен план
    the plan's values are not those of the spec at commit {}
    значения плана не те, что в спецификации на коммите {}
    {} was {} at planning and is {} now
    {}: при составлении плана было {}, теперь {}
    {} was {} at planning and is {} now, {}
    {}: при составлении плана было {}, теперь {}, {}
    {} was {} after the sync and is {} now, {}
    {}: после синхронизации было {}, теперь {}, {}
    {}, which the spec does not declare, was added since
    {}: в спецификации не объявлено, с тех пор добавлено
    {}, which the spec does not declare, was removed since
    {}: в спецификации не объявлено, с тех пор удалено
    {}, which the spec does not declare, was changed since
    {}: в спецификации не объявлено, с тех пор изменено
    the members of the live config are in another order since
    порядок параметров действующей конфигурации с тех пор изменился
    the live config changed since, in {} or in the order of its members
    действующая конфигурация с тех пор изменилась: {} или порядок параметров
    changed outside of GitOps: no audit row tells of it
    изменено не через GitOps: записи аудита нет
    changed outside of GitOps after {}
    изменено не через GitOps, позже: {}
    set by {}
    записало {}
    event {}, the {} of {} at {}
    событие {} ({}): {}, {}
    event {} was reverted already, by event {}
    событие {} уже отменено событием {}
    the values are those from before event {} already
    значения уже те, что были до события {}
    the live config moved since event {}: {}; --force puts back the values before the sync all the same
    действующая конфигурация изменилась после события {}: {}; --force всё равно вернёт прежние значения
    event {} is not a sync of this workload in the event log
    событие {} — не синхронизация этой рабочей нагрузки
    the event log holds no sync of this workload to revert
    в журнале событий нет синхронизации этой рабочей нагрузки, которую можно отменить
    the event log holds no sync of this workload, and may have been pruned; the row records the last sync at {} from commit {}, and no values from before it; {}
    в журнале событий нет синхронизации этой рабочей нагрузки, возможно, он очищен; в строке записана последняя синхронизация ({}, коммит {}), а прежних значений нет; {}
    this database has no event log that tells of syncs; the row records the last sync at {} from commit {}, and no values from before it; {}
    в этой базе нет журнала событий о синхронизациях; в строке записана последняя синхронизация ({}, коммит {}), а прежних значений нет; {}
    {} puts back the spec of a commit
    {} вернёт спецификацию коммита
    {} puts back the spec of the sync before it
    {} вернёт спецификацию предыдущей синхронизации
    the last event that can be reverted is event {}
    последнее событие, которое можно отменить: {}
    the log holds no event that can be reverted
    событий, которые можно отменить, в журнале нет
    event {} is a sync that the server made, and the server does not record old values; {}; {}
    событие {} — синхронизация сервера, а сервер прежних значений не записывает; {}; {}
    event {} does not tell what it changed
    в событии {} не записано, что изменилось
    event {} does not hold the value of {} before the sync
    в событии {} нет прежнего значения поля {}
    event {} does not hold the value of {} before the sync, which looked like a credential
    в событии {} нет прежнего значения поля {}: оно похоже на секрет
    the config cannot be changed: {}
    конфигурацию изменить нельзя: {}
    the config before the sync is not valid: {}
    прежняя конфигурация недопустима: {}
    the merged config cannot be read back: {}
    объединённую конфигурацию нельзя прочитать обратно: {}
    the workload is no longer in the database
    рабочей нагрузки в базе уже нет
    not applied, for all of it is applied or nothing, and {} was not
    не применено: применяется всё или ничего, а нагрузка {} не применена
    {} of {} workloads were not tried after this one; --keep-going goes on
    после неё не выполнялось нагрузок: {} из {}; продолжать и дальше позволяет --keep-going
    {} of {} workloads was not tried after this one; --keep-going goes on
    после неё не выполнялось нагрузок: {} из {}; продолжать и дальше позволяет --keep-going
    interrupted by {}
    прервано сигналом {}
    interrupted by {}: {} of {} workloads were not tried; run the command again for the rest
    прервано сигналом {}: не выполнялось нагрузок: {} из {}; повторите команду для остальных
    interrupted by {}: {} of {} workloads was not tried; run the command again for the rest
    прервано сигналом {}: не выполнялось нагрузок: {} из {}; повторите команду для остальных
    interrupted by {}: the report lacks the workloads that were not inspected
    прервано сигналом {}: в отчёте нет нагрузок, до которых не дошло
    interrupted by a signal; nothing was changed
    прервано сигналом; ничего не изменено
    run the command again
    повторите команду
    the live values are from {}, taken at {}, {}
    действующие значения из {}, снято {}, {}
    {} ago
    {} назад
    in the future of this machine's clock
    в будущем по часам этой машины
    """#
}
