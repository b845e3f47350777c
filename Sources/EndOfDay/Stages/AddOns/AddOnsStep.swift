import ClearingModel
import MarginCalls
import Margining
import Postgres
import Quantities
import Runtime
import Scenarios
import Storage

/// Charges what the requirement does not cover: liquidation horizon, half-spread, impact, concentration of accounts and
/// members, wrong-way positions, credit grade (docs/methodology.md §9), and correlation underestimation (§7).
struct AddOnsStep: StageStep {
    func openScope(_ scope: StageScope) throws {
        guard let base = scope.base else { return try scope.openWhole() }
        try scope.openAffectedAccounts(base) {
            let set = Value.text(scope.context.parameterSet.text)
            try scope.connection.execute(.scopeAddOns, [scope.pin, scope.date, scope.cycle, scope.run, set])
        }
    }

    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let house = try ClearingHouse.load(pinnedAt: context.pinnedLoad, scope: extent.loadScope, from: connection)
        let rows = try AddOnParameters.load(context.parameters, from: connection)
        let parameters = try MarginParameters.load(context.parameters, from: connection)
        let rates = try ExchangeRates.load(context, house, parameters, from: connection)
        let store = AddOnStore(connection)
        let charges = try AddOnCharges(house: house, rows: rows, classes: parameters.accountClasses, rates: rates)
        var members = try MemberConcentrations(house: house, rows: rows, rates: rates)
        let grades = CreditGrades(house: house, classes: parameters.accountClasses)
        let requirements = try store.requirements(run: context.run)
        var addOns: [AccountAddOn] = []
        for held in try store.exposures(run: context.run, currencies: house.currencies) {
            guard let account = charges.account(held.account) else { continue }
            let own = try charges.addOns(of: account, held.exposures)
            members.note(account, held.exposures, own: own)
            addOns += own
            if let requirement = requirements[account.code] {
                addOns += try grades.addOn(of: account, requirement: requirement, rates)
            }
        }
        let concentrations = try members.concentrations()
        addOns += try members.addOns(concentrations)
        let groups = try SimulatedGroups.load(context, house, parameters, from: connection)
        for account in house.accounts { addOns += try groups.addOns(of: account, rates) }
        let portfolios = try await PortfolioAddOns.compute(
            context, extent, house, parameters, rates, settings, connection)
        addOns += portfolios.addOns
        addOns.sort { Self.key($0).lexicographicallyPrecedes(Self.key($1)) }
        var written = try store.save(addOns, run: context.run) { Failpoint.midCopy.reached(.addOns) }
        written += try store.save(concentrations, run: context.run)
        written += try store.save(portfolios.underestimations, run: context.run)
        return written
    }

    private static func key(_ addOn: AccountAddOn) -> [String] {
        [
            addOn.account.text, addOn.owner.text, addOn.level.rawValue, addOn.line.kind.rawValue, addOn.line.item.text,
        ]
    }
}

/// What each account's requirement is brought to by its class or its clearing member.
struct CreditGrades {
    private let ofClass: [AccountClassCode: ExactDecimal]
    private let ofMember: [MemberCode: ExactDecimal]

    init(house: ClearingHouse, classes: [AccountClassMargin]) {
        ofClass = Dictionary(
            classes.compactMap { row in row.creditMultiplier.map { (row.accountClass, $0) } },
            uniquingKeysWith: { first, _ in first })
        ofMember = Dictionary(
            house.members.map { ($0.code, $0.creditMultiplier) }, uniquingKeysWith: { first, _ in first })
    }

    /// At most one add-on; `requirement` is in the account's call currency.
    func addOn(
        of account: Account, requirement: ExactDecimal, _ rates: ExchangeRates
    ) throws -> [AccountAddOn] {
        guard let multiplier = ofClass[account.accountClass] ?? ofMember[account.member] else { return [] }
        let currency = try rates.into(account.callCurrency).callCurrency
        let line = try creditGradeAddOn(
            requirement: Money(rounding: requirement, currency: currency), multiplier: multiplier)
        guard line.amount.minorUnits > 0 else { return [] }
        return [AccountAddOn(account: account.code, line: line, converted: line.amount)]
    }
}
