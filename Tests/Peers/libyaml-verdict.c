/* What C libyaml makes of the first document: "ok", "empty" or "error" for each path on standard input.
   A measure of how far it differs from the server's reader; see docs/design.md. */
#include <stdio.h>
#include <string.h>
#include <yaml.h>

static const char *verdict(FILE *file) {
  yaml_parser_t parser;
  yaml_event_t event;
  const char *answer = NULL;
  if (!yaml_parser_initialize(&parser)) return "error";
  yaml_parser_set_input_file(&parser, file);
  while (answer == NULL) {
    if (!yaml_parser_parse(&parser, &event)) {
      answer = "error";
      break;
    }
    if (event.type == YAML_DOCUMENT_END_EVENT) answer = "ok";
    if (event.type == YAML_STREAM_END_EVENT) answer = "empty";
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return answer;
}

int main(void) {
  char path[4096];
  while (fgets(path, sizeof path, stdin) != NULL) {
    path[strcspn(path, "\n")] = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
      perror(path);
      return 1;
    }
    puts(verdict(file));
    fclose(file);
  }
  return 0;
}
