import ClearingModel
import Quantities
import Scenarios

/// A risk group of one owner as a run has kept it.
package struct SimulatedGroupRow: Sendable {
    package let account: AccountCode
    package let owner: OwnerCode
    package let riskGroup: RiskGroupCode
    package let measure: RiskGroupMeasure
    package let core: Money
    package let valueAtRisk: Money
    /// To 6 decimals; nil, as the next, where the simulation asks for none.
    package let breakExcess: ExactDecimal?
    package let breakAddOn: Money?
    /// Empty where scanning counts.
    package var held: [(combinedCommodity: CombinedCommodityCode, core: Money)]

    package init(
        account: AccountCode, owner: OwnerCode, riskGroup: RiskGroupCode, measure: RiskGroupMeasure, core: Money,
        valueAtRisk: Money, breakExcess: ExactDecimal?, breakAddOn: Money?,
        held: [(combinedCommodity: CombinedCommodityCode, core: Money)]
    ) {
        self.account = account
        self.owner = owner
        self.riskGroup = riskGroup
        self.measure = measure
        self.core = core
        self.valueAtRisk = valueAtRisk
        self.breakExcess = breakExcess
        self.breakAddOn = breakAddOn
        self.held = held
    }
}
