import ClearingModel
import Quantities
import Results
import Runtime
import Storage

/// Validates every pinned row, or, against a base, by the gates that read a table that changed; fails closed when a
/// finding blocks.
///
/// A refused run keeps its findings and is void: the next start, after the data are mended, opens a new one.
struct IngestStep: StageStep {
    func openScope(_ execution: StageExecution) throws {
        if let base = execution.base { try execution.openAffectedSeries(base) }
    }

    func perform(_ execution: StageExecution, _ settings: RunSettings) async throws -> Int64 {
        let context = execution.context
        let evaluation = try DataGateRunner(execution).evaluate()
        try evaluation.save(run: context.run, execution.database)
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
