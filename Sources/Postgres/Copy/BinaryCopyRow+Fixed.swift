/// Fields of fixed length.
extension BinaryCopyRow {
    @inlinable
    package mutating func bool() throws(PostgresError) -> Bool {
        let bytes = unsafe try required("boolean")
        do { return unsafe try bytes.bool() } catch { throw self.error(error, "boolean") }
    }

    @inlinable
    package mutating func boolOrNull() throws(PostgresError) -> Bool? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.bool() } catch { throw self.error(error, "boolean") }
    }

    @inlinable
    package mutating func int16() throws(PostgresError) -> Int16 {
        let bytes = unsafe try required("smallint")
        do { return unsafe try bytes.integer(Int16.self) } catch { throw self.error(error, "smallint") }
    }

    @inlinable
    package mutating func int16OrNull() throws(PostgresError) -> Int16? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.integer(Int16.self) } catch { throw self.error(error, "smallint") }
    }

    @inlinable
    package mutating func int32() throws(PostgresError) -> Int32 {
        let bytes = unsafe try required("integer")
        do { return unsafe try bytes.integer(Int32.self) } catch { throw self.error(error, "integer") }
    }

    @inlinable
    package mutating func int32OrNull() throws(PostgresError) -> Int32? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.integer(Int32.self) } catch { throw self.error(error, "integer") }
    }

    @inlinable
    package mutating func int64() throws(PostgresError) -> Int64 {
        let bytes = unsafe try required("bigint")
        do { return unsafe try bytes.integer(Int64.self) } catch { throw self.error(error, "bigint") }
    }

    @inlinable
    package mutating func int64OrNull() throws(PostgresError) -> Int64? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.integer(Int64.self) } catch { throw self.error(error, "bigint") }
    }

    @inlinable
    package mutating func double() throws(PostgresError) -> Double {
        let bytes = unsafe try required("double precision")
        do { return unsafe try bytes.double() } catch { throw self.error(error, "double precision") }
    }

    @inlinable
    package mutating func doubleOrNull() throws(PostgresError) -> Double? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.double() } catch { throw self.error(error, "double precision") }
    }

    /// Days since 2000-01-01; infinite dates are an error.
    @inlinable
    package mutating func date() throws(PostgresError) -> Int32 {
        let bytes = unsafe try required("date")
        do { return unsafe try bytes.date() } catch { throw self.error(error, "date") }
    }

    @inlinable
    package mutating func dateOrNull() throws(PostgresError) -> Int32? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.date() } catch { throw self.error(error, "date") }
    }

    /// Microseconds since 2000-01-01 00:00 UTC; infinite times are an error.
    package mutating func timestamp() throws(PostgresError) -> Int64 {
        let bytes = unsafe try required("timestamp with time zone")
        do { return unsafe try bytes.timestamp() } catch { throw self.error(error, "timestamp with time zone") }
    }

    package mutating func timestampOrNull() throws(PostgresError) -> Int64? {
        guard let bytes = unsafe try next() else { return nil }
        do { return unsafe try bytes.timestamp() } catch { throw self.error(error, "timestamp with time zone") }
    }
}
