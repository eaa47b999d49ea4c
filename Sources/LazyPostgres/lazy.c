/* libpq's functions under their own names, each of which loads the library at its first use: a run on a SQLite file
   never does. The tools are not linked with it: a function of libpq that they call, and that is not listed here, fails
   to link. */
#include <LazyPostgres.h>
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

#define LAZY_LIBRARY "libpq.so.5"
#include "../CPosix/lazy.h"

int tinyforge_postgres_version(void) {
  if (library() == NULL) return 0;
  int (*version)(void) = (int (*)(void))dlsym(library(), "PQlibVersion");
  /* The newest of the functions below: a library that lacks it is older, whatever it calls itself. */
  int has_newest = dlsym(library(), "PQsendFlushRequest") != NULL;
  return version != NULL && (has_newest || version() < TINYFORGE_OLDEST_POSTGRES) ? version() : 1;
}

LAZY(PQconninfoOption *, PQconninfoParse, (const char *a, char **b), (a, b))
LAZY(PQconninfoOption *, PQconninfo, (PGconn *a), (a))
LAZY(void, PQconninfoFree, (PQconninfoOption *a), (a))
LAZY(void, PQfreemem, (void *a), (a))

LAZY(PGconn *, PQconnectStartParams, (const char *const *a, const char *const *b, int c), (a, b, c))
LAZY(PostgresPollingStatusType, PQconnectPoll, (PGconn *a), (a))
LAZY(void, PQfinish, (PGconn *a), (a))
LAZY(ConnStatusType, PQstatus, (const PGconn *a), (a))
LAZY(int, PQsocket, (const PGconn *a), (a))
LAZY(char *, PQerrorMessage, (const PGconn *a), (a))
LAZY(char *, PQpass, (const PGconn *a), (a))
LAZY(int, PQconnectionNeedsPassword, (const PGconn *a), (a))
LAZY(int, PQserverVersion, (const PGconn *a), (a))
LAZY(PGTransactionStatusType, PQtransactionStatus, (const PGconn *a), (a))
LAZY(int, PQsetnonblocking, (PGconn *a, int b), (a, b))
LAZY(PQnoticeProcessor, PQsetNoticeProcessor, (PGconn *a, PQnoticeProcessor b, void *c), (a, b, c))

LAZY(int, PQsendQueryParams,
     (PGconn *a, const char *b, int c, const Oid *d, const char *const *e, const int *f, const int *g, int h),
     (a, b, c, d, e, f, g, h))
LAZY(int, PQsetSingleRowMode, (PGconn *a), (a))
LAZY(int, PQenterPipelineMode, (PGconn *a), (a))
LAZY(int, PQexitPipelineMode, (PGconn *a), (a))
LAZY(int, PQpipelineSync, (PGconn *a), (a))
LAZY(int, PQsendFlushRequest, (PGconn *a), (a))
LAZY(int, PQflush, (PGconn *a), (a))
LAZY(int, PQconsumeInput, (PGconn *a), (a))
LAZY(int, PQisBusy, (PGconn *a), (a))
LAZY(PGresult *, PQgetResult, (PGconn *a), (a))

LAZY(PGcancel *, PQgetCancel, (PGconn *a), (a))
LAZY(int, PQcancel, (PGcancel *a, char *b, int c), (a, b, c))
LAZY(void, PQfreeCancel, (PGcancel *a), (a))

LAZY(void, PQclear, (PGresult *a), (a))
LAZY(ExecStatusType, PQresultStatus, (const PGresult *a), (a))
LAZY(char *, PQresultErrorField, (const PGresult *a, int b), (a, b))
LAZY(int, PQntuples, (const PGresult *a), (a))
LAZY(int, PQgetisnull, (const PGresult *a, int b, int c), (a, b, c))
LAZY(char *, PQgetvalue, (const PGresult *a, int b, int c), (a, b, c))
LAZY(int, PQgetlength, (const PGresult *a, int b, int c), (a, b, c))
LAZY(char *, PQcmdTuples, (PGresult *a), (a))
