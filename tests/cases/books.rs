//! Workbooks and packages of data.
