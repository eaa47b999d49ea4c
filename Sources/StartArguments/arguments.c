#include "StartArguments.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

/* Swift reads the arguments from /proc/self/cmdline, and has none where /proc is not mounted. The C library hands
   main's arguments to the functions that run before main. */
static char *const *start_arguments;

/* Keeps the numbers of standard streams that are closed from being given to anything else: a file would get the tool's
   output, or be read for its input, and so would what the Swift runtime opens before main. What is put in their place
   can be read where they are written, and written where they are read, so that each use still fails as on a closed
   descriptor (EBADF). Errors go nowhere. */
static void occupy_closed_streams(void) {
  struct pollfd streams[3] = {{.fd = 0}, {.fd = 1}, {.fd = 2}};
  if (poll(streams, 3, 0) <= 0) return;
  for (int stream = 0; stream < 3; stream++) {
    if (!(streams[stream].revents & POLLNVAL)) continue;
    /* The lowest number that is free: those below it are taken by now. */
    (void)!open("/dev/null", stream == STDOUT_FILENO ? O_RDONLY : O_WRONLY);
  }
}

__attribute__((constructor)) static void keep_arguments(int count, char **words, char **environment) {
  (void)environment;
  occupy_closed_streams();
  if (count > 0) start_arguments = words;
}

char *const *tinyforge_start_arguments(void) { return start_arguments; }
