import Quantities
import Runtime
import Storage

/// Corrects input rows: all rows of a request or none, in one transaction, shown before it is committed.
package struct InputCorrections {
    private let database: Database
    private let store: CorrectionStore

    package init(_ database: Database) {
        self.database = database
        store = CorrectionStore(database)
    }

    /// A correction with what it touches.
    package struct Shown: Sendable {
        package let correction: Correction
        package let affected: AffectedBook
        package let isDryRun: Bool
    }

    /// Corrects, and calls `show` with before, after and what is affected before anything is committed; a dry run ends
    /// there.
    ///
    /// Two corrections at once wait for each other: the second sees what the first has made of the row.
    /// - Throws: `Failure` 65 with every fault, which are kept as rejected rows.
    @discardableResult
    package func correct(
        _ request: CorrectionRequest, on date: BusinessDate?, isDryRun: Bool, show: (Shown) throws -> Void
    ) throws -> Shown {
        Failpoint.beforeLock.reached("correct")
        do {
            let shown = try database.atomically {
                let shown = try inTransaction(request, on: date, isDryRun: isDryRun)
                try show(shown)
                if isDryRun { throw DryRun(shown: shown) }
                Failpoint.beforeCommit.reached("correct")
                return shown
            }
            Failpoint.afterCommit.reached("correct")
            return shown
        } catch let end as DryRun {
            return end.shown
        } catch let refusal as LoadRefusal {
            throw refused(request, refusal, on: date, keeping: !isDryRun)
        }
    }

    private func inTransaction(
        _ request: CorrectionRequest, on date: BusinessDate?, isDryRun: Bool
    ) throws -> Shown {
        let correction = try store.correct(request)
        Failpoint.midCopy.reached("correct")
        try refuseBrokenParameters(request, correction)
        let day = date ?? correction.dates.last.flatMap { BusinessDate($0) }
        return Shown(
            correction: correction, affected: try store.affectedBook(of: correction.number, on: day), isDryRun: isDryRun
        )
    }

    /// Ends the transaction of a dry run without its changes.
    private struct DryRun: Error { let shown: Shown }

    /// An override must leave the set's rules whole on its first date; what was broken before is not its fault.
    private func refuseBrokenParameters(_ request: CorrectionRequest, _ correction: Correction) throws {
        guard let period = request.override, let set = request.cells["parameter_set"] else { return }
        let loader = InputLoader(database)
        let before = try loader.parameterRulesBroken(
            by: [set], isWhole: true, pin: correction.number - 1, on: period.validFrom)
        let after = try loader.parameterRulesBroken(
            by: [set], isWhole: true, pin: correction.number, on: period.validFrom)
        let broken = after.filter { !before.contains($0) }
        if !broken.isEmpty { throw LoadRefusal.parameters(broken) }
    }

    private func refused(
        _ request: CorrectionRequest, _ refusal: LoadRefusal, on date: BusinessDate?, keeping: Bool
    ) -> Failure {
        let file = request.file
        if keeping {
            // What was refused is said in any case; that it is also kept must not hide it.
            try? RejectedRowStore(database).save(
                table: file.table, source: file.source, sha256: file.sha256, refusal.faults)
        }
        let general = Failure(refusal)
        guard case .rows(let errors) = refusal else {
            return Failure(
                general.exitCode,
                "\(file.table), \(file.source): "
                    + general.message.replacing("nothing was loaded", with: "nothing was corrected"),
                hint: general.hint?.replacing("load again what was to be loaded", with: "correct again"))
        }
        let lines = errors.map { error in
            let location = [
                error.line.map { "line \($0)" },
                error.column.isEmpty ? nil : "\(error.column) “\(error.value.shortened(to: 100).onOneLine)”",
            ].compactMap(\.self).joined(separator: ", ")
            return location.isEmpty ? error.reason : "\(location): \(error.reason)"
        }
        return Failure(
            .inputRejected,
            "\(file.table), \(file.source): nothing was corrected: \(plural(Int64(errors.count), "error"))\n  "
                + lines.joined(separator: "\n  "),
            hint: Self.hint(errors.first, request, date))
    }

    private static func hint(_ error: RowError?, _ request: CorrectionRequest, _ date: BusinessDate?) -> String {
        let table = request.file.table
        switch error?.kind {
        case .noSuchRow:
            return "look at the key, margin template \(table) prints its columns; or add the row with --add"
        case .changesNothing:
            // Every command that shows rows in force is about a business date.
            return date.map { "what was corrected before: margin corrections --business-date \($0)" }
                ?? "there is nothing to do: the row says so already"
        case .notABusinessDay: return "name a business day of the calendar"
        case .unknownReference: return "load the row it refers to first"
        default: return "mend what is named and correct again"
        }
    }
}
