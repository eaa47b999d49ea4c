#include "StartArguments.h"

/* Swift reads the arguments from /proc/self/cmdline, and has none where /proc is not mounted. The C library hands
   main's arguments to the functions that run before main. */
static char *const *start_arguments;

__attribute__((constructor)) static void keep_arguments(int count, char **words, char **environment) {
  (void)environment;
  if (count > 0) start_arguments = words;
}

char *const *tinyforge_start_arguments(void) { return start_arguments; }
