import Postgres

/// A session of the database, as the modules above Storage hold it and hand it to stores.
///
/// They cannot run a statement on it: they do not import Postgres, and every statement is a store's.
package typealias Database = Connection
