import ClearingModel
import Digests
import Margining

/// A risk group of one owner as a run keeps it.
package struct RiskGroupResult: Sendable {
    package let account: AccountCode
    package let owner: OwnerCode
    package let riskGroup: RiskGroupCode
    package let outcome: RiskGroupOutcome
    package let tail: TailRisk
    /// Scenarios of the losses, and of the stressed ones.
    package let scenarios: Int
    package let stressedScenarios: Int
    /// SHA-256 of the losses, stressed ones after the others: by it they are proven equal when they are computed again.
    package let lossDigest: SHA256Digest
    /// Themselves, in array units; nil where the simulation keeps none.
    package let losses: [Int64]?
    package let stressedLosses: [Int64]?
    /// In the order of the tail's components.
    package let positions: [(series: SeriesCode, quantity: Int64)]
    /// Codes of the outcome's shares, in their order.
    package let combinedCommodities: [CombinedCommodityCode]

    package init(
        account: AccountCode, owner: OwnerCode, riskGroup: RiskGroupCode, outcome: RiskGroupOutcome, tail: TailRisk,
        losses: [Int64], stressedLosses: [Int64], keepsLosses: Bool, positions: [(series: SeriesCode, quantity: Int64)],
        combinedCommodities: [CombinedCommodityCode]
    ) throws(DigestError) {
        self.account = account
        self.owner = owner
        self.riskGroup = riskGroup
        self.outcome = outcome
        self.tail = tail
        scenarios = losses.count
        stressedScenarios = stressedLosses.count
        self.losses = keepsLosses ? losses : nil
        self.stressedLosses = keepsLosses ? stressedLosses : nil
        lossDigest = try SHA256Digest(ofLosses: losses + stressedLosses)
        self.positions = positions
        self.combinedCommodities = combinedCommodities
    }
}

extension SHA256Digest {
    /// Of whole numbers, each as eight bytes, the highest first, a negative one as its two's complement.
    init(ofLosses losses: [Int64]) throws(DigestError) {
        var bytes = [UInt8](repeating: 0, count: 8 * losses.count)
        for (place, loss) in losses.enumerated() {
            let bits = UInt64(bitPattern: loss)
            for byte in 0..<8 { bytes[8 * place + byte] = UInt8(truncatingIfNeeded: bits >> (56 - 8 * byte)) }
        }
        try self.init(of: bytes)
    }
}
