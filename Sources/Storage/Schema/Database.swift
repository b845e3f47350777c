import Postgres

/// A session with the database, under the name by which modules above Storage hold one and hand it to stores.
///
/// They cannot run a statement on it, since they do not import Postgres: what they want of the database they ask a
/// store for, which takes and returns values.
package typealias Database = Connection
