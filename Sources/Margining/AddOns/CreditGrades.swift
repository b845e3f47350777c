import ClearingModel
import Quantities

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
