//! basecamp
