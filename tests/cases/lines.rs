//! Charts over time.
