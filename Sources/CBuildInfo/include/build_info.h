#ifndef SYNCTEC_BUILD_INFO_H
#define SYNCTEC_BUILD_INFO_H

/// The commit that this program was built from: twelve hexadecimal digits, with "-dirty" behind them where the tree
/// had changes that were not committed, or "unknown" where it was not built inside a git repository.
///
/// The text lives as long as the program. A C function, not a Swift constant, because only C and C++ targets take
/// values from the manifest; so a new commit rebuilds this file and what names it, nothing else.
const char *_Nonnull synctec_commit(void);

#endif
