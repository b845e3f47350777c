import ClearingModel
import Digests
import Quantities
import Storage

/// What every stage's result follows from, as one digest a stage: the versions of the tables it reads, the fingerprints
/// of its sources, the parameter set and its numbers version.
///
/// A pure function of the pinned inputs: what a stage would have now is computed the same way as what it recorded.
package struct StageFingerprints: Sendable {
    private let digests: [Stage: [UInt8]]

    package init(
        _ businessDate: BusinessDate, cycle: Cycle, parameterSet: ParameterSetCode, inputs: [InputVersion]
    ) throws(DigestError) {
        var digests: [Stage: [UInt8]] = [:]
        for row in StageTable.rows {
            let stage = row.stage
            var text =
                "\(stage) \(row.numbersVersion)\n\(businessDate) \(cycle) \(parameterSet)\n"
            for input in inputs where row.reads(input.table) {
                text += "\(input.table) \(input.version)\n"
            }
            for source in row.sources { text += "\(source.rawValue) \(digests[source] ?? [])\n" }
            digests[stage] = try SHA256Digest(of: text).bytes
        }
        self.digests = digests
    }

    package subscript(stage: Stage) -> [UInt8] { digests[stage] ?? [] }
}
