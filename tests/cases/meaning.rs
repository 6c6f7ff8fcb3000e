//! Arithmetic, periods and comparisons that mean something.
