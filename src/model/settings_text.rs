//! Settings as text that people and other programs exchange: A1111, cURL and JSON, both directions.
