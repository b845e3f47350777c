import ClearingModel
import Postgres
import Quantities
import Results
import Runtime
import Storage

/// Validates every pinned row, or, against a base, by the gates that read a table that changed; fails closed when a
/// finding blocks.
///
/// A refused run keeps its findings and is void: the next start, after the data are mended, opens a new one.
struct IngestStep: StageStep {
    func openScope(_ scope: StageScope) throws {
        if let base = scope.base { try scope.openAffectedSeries(base) }
    }

    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let evaluation = try DataGateRunner(connection, context).evaluate(extent)
        try evaluation.save(run: context.run, connection)
        let findings = evaluation.findings
        let blocking = findings.filter { $0.severity == "block" && $0.waiverReason == nil }
        settings.log.info(
            .validated, "\(plural(Int64(findings.count), "finding")), \(blocking.count) blocking",
            context.logFields(.ingest).merging(
                ["findings": "\(findings.count)", "blocking": "\(blocking.count)"]) { $1 })
        if !blocking.isEmpty { throw BlockedInputs(context: context, evaluation: evaluation, blocking: blocking) }
        return Int64(findings.count)
    }
}
