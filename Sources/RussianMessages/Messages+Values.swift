/// Values of fields and JSON documents: what is wrong with them, and what is expected.
extension Messages {
  static let values = #"""
    {} must be between 1 and 65535, not {}
    {}: допустимы значения от 1 до 65535, а не {}
    {} must be recreate, blue-green or "", not "{}"
    {}: допустимы recreate, blue-green и "", а не "{}"
    {} must be empty or a path that starts with /, not "{}"
    {}: допустимы пустое значение и путь, который начинается с /, а не "{}"
    {} must not hold spaces or control characters: "{}"
    {}: пробелы и управляющие символы недопустимы: "{}"
    {} must be {}, not {}
    {}: ожидается {}, а не {}
    a whole number
    целое число
    a number
    число
    the number {}
    число {}
    the text "{}"
    текст "{}"
    true or false
    true или false
    an object
    объект
    a list
    список
    the live {} is {}; Tinyforge stores {} there, so this config is not of a form known here
    в действующем поле {} записано: {}; Tinyforge хранит там {}, поэтому вид этой конфигурации здесь неизвестен
    a deno site with storage runs recreate although blue-green is declared; source_config does not tell whether this is one
    сайт deno с хранилищем работает с recreate, хотя объявлено blue-green; по source_config не видно, такой ли это сайт
    blue-green is declared, and the workload has volumes: the old and the new container use them at once during a deploy
    объявлено blue-green, а у рабочей нагрузки есть тома: во время развёртывания ими пользуются сразу старый и новый контейнеры
    the live strategy is blue-green, and the workload has volumes: the old and the new container use them at once during a deploy
    действующая стратегия — blue-green, а у рабочей нагрузки есть тома: во время развёртывания ими пользуются сразу старый и новый контейнеры
    this deno site has storage, and so runs recreate although blue-green is declared
    у этого сайта deno есть хранилище, поэтому он работает с recreate, хотя объявлено blue-green
    it holds "{}", which the server would read as "{}"
    в ней есть "{}", и сервер прочтёт это как "{}"
    it is NULL
    там NULL
    it is empty
    она пуста
    it is not a JSON object
    это не объект JSON
    the name "{}" appears twice in one object
    имя "{}" стоит в объекте дважды
    {}, at byte {}
    {}, байт {}
    more text follows the JSON value
    после значения JSON есть ещё текст
    the text ends where a value is expected
    текст кончается там, где ожидается значение
    this is not a JSON value
    это не значение JSON
    a comma or a closing bracket is missing
    не хватает запятой или закрывающей скобки
    a comma or a closing brace is missing
    не хватает запятой или закрывающей скобки
    a quoted name is missing
    не хватает имени в кавычках
    a colon is missing
    не хватает двоеточия
    the text ends inside a string
    текст кончается внутри строки
    a string is not valid UTF-8
    строка — не UTF-8
    a string holds a raw control character
    в строке есть управляющий символ
    """#
}
