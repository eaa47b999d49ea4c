#ifndef TINYFORGE_SIZE_LIMIT_H
#define TINYFORGE_SIZE_LIMIT_H

/* The largest object that is read, in bytes: no commit, tag, tree or spec is larger. CLooseObjects.h names it in words. */
#define TINYFORGE_LARGEST (16 << 20)

#endif
