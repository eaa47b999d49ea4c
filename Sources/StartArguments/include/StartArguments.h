#ifndef TINYFORGE_STARTARGUMENTS_H
#define TINYFORGE_STARTARGUMENTS_H

/* The arguments that the process was started with, ended by a null pointer; null where the C library did not
   pass them on. */
char *const *tinyforge_start_arguments(void);

#endif
