import Calibration
import ClearingModel
import MarginCalls
import Margining
import Postgres
import PrivateCluster
import Reporting
import RiskArrays
import Scenarios
import Simulation
import Storage
import Stress
import TextFiles
import Validation

/// Why a command did not do what was asked: one line of what, where and which value, and the command that comes next.
package struct Failure: Error, CustomStringConvertible {
    package let exitCode: ExitCode
    /// Lower case, no full stop; safe for logs.
    package let message: String
    /// The next command, if there is one.
    package let hint: String?
    /// Which run, stage and execution it is about, by the keys of the log; empty where that is not known.
    package var location: [String: String] = [:]

    package init(_ exitCode: ExitCode, _ message: String, hint: String? = nil) {
        self.exitCode = exitCode
        self.message = message
        self.hint = hint
    }

    /// The same with its hint in other words.
    package func mappingHint(_ words: (String) -> String) -> Failure {
        var failure = Failure(exitCode, message, hint: hint.map(words))
        failure.location = location
        return failure
    }

    package var description: String {
        "error: \(message)" + (hint.map { "\nhint: \($0)" } ?? "")
    }
}

/// An error of a module above that knows itself what it means to the operator.
package protocol FailureConvertible: Error {
    var failure: Failure { get }
}

extension Failure {
    /// What any error of the modules below means to the operator.
    package init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as any FailureConvertible: self = error.failure
        case let error as PostgresError: self.init(postgres: error)
        case let error as SchemaMismatch: self.init(schema: error)
        case let error as LoadRefusal: self.init(load: error)
        case let error as ReportError:
            self.init(.invariantBroken, "\(error)", hint: "keep the database as it is and report this")
        case let error as FileError: self.init(file: error)
        case let error as MarginBookError:
            self.init(
                .inputRejected, "the parameters contradict themselves: \(error)",
                hint: Self.parameterHint)
        case let error as ScenarioSetError:
            self.init(.inputRejected, "a scenario set is not whole: \(error)", hint: Self.parameterHint)
        case let error as HistoryError:
            self.init(
                .inputRejected, "the history cannot be simulated: \(error)",
                hint: "load the days that are missing: margin load risk_factor_level FILE")
        case let error as SimulationError: self.init(.inputRejected, "\(error)")
        case let error as ValidationRefusal: self.init(.inputRejected, "\(error)", hint: Self.hint(error))
        case let error as StressRefusal: self.init(.inputRejected, "\(error)", hint: Self.hint(error))
        case let error as CalibrationRefusal: self.init(.inputRejected, "\(error)", hint: Self.hint(error))
        case let error as AddOnError: self.init(.inputRejected, "\(error)", hint: Self.hint(error))
        case let error as ConversionError: self.init(conversion: error)
        case let error as MarginCallsError: self.init(calls: error)
        case let error as MarginingError: self.init(.invariantBroken, "margining stopped: \(error)")
        case let error as ValuationBookError: self.init(.invariantBroken, "valuation stopped: \(error)")
        case let error as PrivateClusterError: self.init(cluster: error)
        default:
            self.init(
                .invariantBroken, Self.words(error),
                hint: "keep the database as it is and report this, with the command that was given")
        }
    }

    private init(postgres error: PostgresError) {
        if error.sqlState == .archivedDate {
            self.init(.inputRejected, error.message, hint: error.hint)
            return
        }
        let code: ExitCode =
            switch error.category {
            case .connectionLost: .databaseUnavailable
            case .serialization, .lockBusy: .tryAgain
            case .constraint, .data: .inputRejected
            case .permission: .permission
            case .diskFull: .cannotWriteReport
            case .cancelled: .tryAgain
            // invalid_catalog_name: the database that is named does not exist.
            case .other where error.sqlState.code == "3D000": .configuration
            // read_only_sql_transaction: a standby, or default_transaction_read_only.
            case .other where error.sqlState.code == "25006": .configuration
            case .other: .invariantBroken
            }
        // The statement helps who mends the program, and nobody else.
        self.init(code, code == .invariantBroken ? "\(error)" : error.summary, hint: Self.hint(code, error))
    }

    /// What comes next after an error of the server.
    private static func hint(_ code: ExitCode, _ error: PostgresError) -> String? {
        switch code {
        case .databaseUnavailable where error.sqlState == .tooManyConnections:
            "the server is out of connections: the same command again, or raise max_connections"
        case .databaseUnavailable where error.sqlState == .cannotConnect: Session.lookAtServer
        case .databaseUnavailable:
            "\(Session.lookAtServer), then the same command again: what is committed stays"
        case .tryAgain where error.category == .cancelled:
            "the same command again; if a time-out ended it, see statement_timeout in: margin config --origin"
        case .tryAgain where error.category == .lockBusy:
            "the same command again once the lock is free; how long it waits: margin config --origin"
        case .tryAgain: "the same command again"
        case .permission where error.sqlState == .insufficientPrivilege: "see what the role may do: margin doctor"
        case .permission where error.sqlState.errorClass == "28": Session.lookAtServer
        case .configuration where error.sqlState.code == "25006":
            "the session may only read: default_transaction_read_only is on, or the server is a standby; margin doctor"
        case .configuration: "\(Session.lookAtServer); createdb makes the database"
        case .cannotWriteReport: "make room for the database, then the same command again"
        default: nil
        }
    }

    private init(schema error: SchemaMismatch) {
        switch error {
        case .unreleased:
            self.init(
                .configuration,
                "the database was made by a program from before release 0, and nothing leads from there",
                hint: "make a new database, then margin migrate, and load the house again: margin load FOLDER")
        case .missing:
            self.init(.configuration, "the database has no schema of this program", hint: "margin migrate")
        case .older(let release, let needed):
            self.init(
                .configuration,
                "the database's schema is older than this program: it is of release \(release), "
                    + "this program needs \(needed)",
                hint: "margin migrate")
        case .newer(let release, let known):
            self.init(
                .configuration,
                "the database's schema is newer than this program: it is of release \(release), "
                    + "this program knows \(known)",
                hint: "install the program that brought it; only that one's margin migrate fits")
        case .edited(let release):
            self.init(
                .configuration,
                "the database's schema of release \(release) was made from another text than this program's",
                hint: "install the program that made it; a change of tables is a step of its own")
        case .functions(let names):
            self.init(
                .configuration,
                "\(plural(Int64(names.count), "function")) of the database's schema "
                    + (names.count == 1 ? "is" : "are") + " not this program's: "
                    + names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : ""),
                hint: "margin migrate")
        }
    }

    /// What comes next after bad rows: what is there already is mended otherwise than what is wrong.
    private static func hint(_ errors: [RowError]) -> String {
        guard errors.allSatisfy({ $0.kind == .alreadyLoaded }) else { return "mend the file and load it again" }
        if errors.contains(where: { $0.column.contains("parameter_set") }) {
            return "leave the rows out, or load a new set: margin parameters export SET FOLDER --code NEW"
        }
        return "leave the rows out, or load them as a correction: margin load TABLE FILE --correct --reason R"
    }

    private init(load error: LoadRefusal) {
        switch error {
        case .unknownTable(let table, let known):
            let meant = Self.nearest(to: table, among: known).map { "is \($0) meant? " } ?? ""
            self.init(
                .usage, "unknown table \(table)", hint: "\(meant)one of: \(known.joined(separator: ", "))")
        case .unknownColumn(let column, let known):
            self.init(
                .inputRejected, "unknown column \(column)",
                hint: (Self.nearest(to: column, among: known).map { "is \($0) meant? " } ?? "")
                    + "the columns are: \(known.joined(separator: ", "))")
        case .missingColumn(let column, let table):
            self.init(.inputRejected, "the column \(column) is missing", hint: "margin template \(table)")
        case .rows(let errors):
            let lines = errors.map { error in
                let cell = error.column.isEmpty ? "" : ", \(error.column) “\(error.value.shortened(to: 100).onOneLine)”"
                return "\(error.line.map { "line \($0)" } ?? "the file")\(cell): \(error.reason)"
            }
            self.init(
                .inputRejected,
                "nothing was loaded: \(errors.count == 1 ? "1 error" : "\(errors.count) errors")\n  "
                    + lines.joined(separator: "\n  "),
                hint: Self.hint(errors))
        case .archived(let date, let folder):
            self.init(
                .inputRejected, "\(date) is archived in \(folder)", hint: "margin archive --restore \(folder)")
        case .rule(let rule):
            self.init(.inputRejected, "nothing was loaded: \(rule)", hint: "mend the file and load it again")
        case .parameters(let broken):
            let lines = broken.map { "\($0.table), \($0.rowKey): \($0.rule)\($0.location)" }
            let sets = Set(broken.map(\.parameterSet)).sorted().joined(separator: ", ")
            self.init(
                .inputRejected,
                "parameter set \(sets) breaks \(plural(Int64(broken.count), "rule")), nothing was loaded\n  "
                    + lines.joined(separator: "\n  "),
                hint: "mend the rows and load again what was to be loaded")
        }
    }
}
