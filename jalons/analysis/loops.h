/* What every file of loops shares. Called from Python by `fast`, without its lock. */
#include <stdint.h>

/* Compiled for three widths of processor; the one at hand is chosen at loading. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif
