import Postgres
import ServerTestSupport
import Testing

struct TransactionTests {
    private struct Refusal: Error {}

    @Test func `a transaction is committed when its body returns and rolled back when it throws`() async throws {
        let connection = try await TestServer.connect()
        try connection.script("create temp table t (a bigint)")
        let value = try connection.transaction {
            try connection.execute("insert into t values (1)")
            return "kept"
        }
        #expect(value == "kept")
        #expect(throws: Refusal.self) {
            try connection.transaction {
                try connection.execute("insert into t values (2)")
                throw Refusal()
            }
        }
        expect(throws: .numericValueOutOfRange) {
            try connection.transaction { try connection.execute("insert into t values (1e30)") }
        }
        #expect(try connection.values("select a from t order by a", as: .int64) == [1])
    }

    @Test func `a failure that the body hides is still an error, not a silent rollback`() async throws {
        let connection = try await TestServer.connect()
        let error = expect(throws: .inFailedTransaction) {
            try connection.transaction { _ = try? connection.execute("select 1/0") }
        }
        #expect(error?.isCommitOutcomeUnknown == false)
        #expect(try connection.value("select 1::bigint", as: .int64) == 1)
    }

    @Test func `transactions do not nest`() async throws {
        let connection = try await TestServer.connect()
        expect(throws: .activeTransaction) {
            try connection.transaction { try connection.transaction {} }
        }
    }

    @Test(arguments: [Isolation.readCommitted, .repeatableRead, .serializable])
    func `isolation and access are what was asked for`(isolation: Isolation) async throws {
        let connection = try await TestServer.connect()
        try connection.transaction(isolation: isolation, access: .readOnly) {
            let row = try connection.one(
                "select current_setting('transaction_isolation'), current_setting('transaction_read_only')")
            let found = (level: try row.text(.at(0)), readOnly: try row.text(.at(1)))
            #expect(found == (isolation.rawValue, "on"))
        }
    }

    @Test func `two writers of one row under repeatable read end in a serialization failure`() async throws {
        let first = try await TestServer.connect()
        let second = try await TestServer.connect()
        try first.script("create table serialized (a bigint); insert into serialized values (0)")
        let error = expect(throws: .serializationFailure) {
            try first.transaction(isolation: .repeatableRead) {
                _ = try first.value("select a from serialized", as: .int64)
                try second.execute("update serialized set a = 1")
                try first.execute("update serialized set a = 2")
            }
        }
        #expect(error?.category == .serialization)
        try first.script("drop table serialized")
    }

    @Test func `a lost connection at commit leaves the outcome unknown`() async throws {
        let connection = try await TestServer.connect()
        let other = try await TestServer.connect()
        let error = expect(throws: .adminShutdown) {
            try connection.transaction {
                try connection.execute("create temp table x (a int)")
                try Self.terminate(connection, from: other)
            }
        }
        #expect(error?.isCommitOutcomeUnknown == true)
        #expect(error?.category == .connectionLost)
        #expect(!connection.isOpen)
        let next = expect(throws: .connectionFailure) { try connection.script("select 1") }
        #expect(next?.category == .connectionLost)
    }

    @Test func `a lost connection in the body is not an unknown commit`() async throws {
        let connection = try await TestServer.connect()
        let other = try await TestServer.connect()
        let error = expect(throws: .adminShutdown) {
            try connection.transaction {
                try Self.terminate(connection, from: other)
                try connection.execute("create temp table x (a int)")
            }
        }
        #expect(error?.isCommitOutcomeUnknown == false)
    }

    private static func terminate(_ connection: Connection, from other: Connection) throws {
        let process = connection.backendProcess
        #expect(try other.value("select pg_terminate_backend($1, 5000)", [.int32(process)], as: .bool))
    }
}
