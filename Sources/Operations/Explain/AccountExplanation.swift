import ClearingModel
import EndOfDay
import Quantities
import Results
import Runtime
import Storage

/// Everything one account's call of a run comes from, down to the positions and the array values of their series.
package struct AccountExplanation: Sendable {
    package let context: RunContext
    package let account: AccountCode
    package let call: CallResult
    package let addOns: [AddOnResult]
    package let variationMargin: [VariationMarginResult]
    package let unpaidVariationMargin: [UnpaidVariationMarginResult]
    package let collateral: [CollateralResult]
    package let requirements: [RequirementResult]
    /// Nil where the run's parameter set lacks the account's class.
    package let terms: AccountTermsResult?
    package let ownerRequirements: [OwnerRequirementResult]
    package let riskLines: [RiskLineResult]
    package let components: [ComponentResult]
    package let spreads: [SpreadLegResult]
    package let deliveryMonths: [DeliveryMonthResult]
    package let optionValues: [OptionValueResult]
    package let simulatedRisks: [SimulatedRiskResult]
    package let componentShortfalls: [ComponentShortfallResult]
    package let positions: [PositionResult]
    /// Decimals of each currency's minor unit.
    package let currencyDecimals: [CurrencyCode: Int]

    /// Reads what a run keeps of an account, and the positions it was computed from.
    ///
    /// - Throws: `Failure` 66 if the run has no call of the account, or `item`, where there is one, is none of its
    ///   combined commodities and risk groups.
    package static func load(
        _ account: AccountCode, item: String? = nil, in context: RunContext, from database: Database
    ) throws -> AccountExplanation {
        let run = context.run
        let calls = CallStore(database)
        guard let call = try calls.call(of: account, run: run) else {
            throw Failure(
                .inputMissing, "\(context.title) has no call of account \(account)",
                hint: context.line(.status))
        }
        let offsets = RequirementStore(database)
        let groups = RiskGroupStore(database)
        let explanation = AccountExplanation(
            context: context, account: account, call: call,
            addOns: try AddOnStore(database).addOns(of: account, run: run),
            variationMargin: try calls.variationMargin(of: account, run: run),
            unpaidVariationMargin: try calls.unpaidVariationMargin(of: account, run: run),
            collateral: try calls.collateral(of: account, run: run),
            requirements: try offsets.requirements(of: account, run: run),
            terms: try offsets.terms(of: account, run: run),
            ownerRequirements: try offsets.ownerRequirements(of: account, run: run),
            riskLines: try offsets.riskLines(of: account, run: run),
            components: try offsets.components(of: account, run: run),
            spreads: try offsets.spreads(of: account, run: run),
            deliveryMonths: try offsets.deliveryMonths(of: account, run: run),
            optionValues: try offsets.optionValues(of: account, run: run),
            simulatedRisks: try groups.simulatedRisks(of: account, run: run),
            componentShortfalls: try groups.componentShortfalls(of: account, run: run),
            positions: try offsets.positions(of: account, run: run),
            currencyDecimals: try ClearingHouse.currencyDecimals(
                pinnedAt: context.pinnedLoad, from: database))
        if let item, !explanation.has(item) {
            throw Failure(
                .inputMissing, "\(context.title): account \(account) has no combined commodity or risk group \(item)",
                hint: context.line(.explain).replacing("explain ", with: "explain \(account) "))
        }
        return explanation
    }

    private func has(_ item: String) -> Bool {
        components.contains { $0.combinedCommodity.text == item }
            || simulatedRisks.contains { $0.riskGroup.text == item }
    }

    package var isGross: Bool { terms?.marginingType == .grossOmnibus }

    /// Whether each line's net option value counts up to its initial risk alone.
    package var isNetOptionValueCapped: Bool { isGross || terms?.netOptionValueIsCapped == true }

    /// What enters one requirement of an owner.
    package func riskLines(of requirement: OwnerRequirementResult) -> [RiskLineResult] {
        riskLines.filter { $0.owner == requirement.owner && $0.currency == requirement.currency }
    }
}
