import ClearingModel
import Operations
import Quantities
import Storage

/// A proposed guaranty fund as `--json` prints it; amounts are texts in the base currency.
struct FundDocument: Encodable {
    struct Need: Encodable {
        let businessDate: String
        let run: Int32
        /// Left out, as the next, where the night had no stress test.
        let scenario: Int?
        let scenarioCode: String?
        let groups: [String]
        let coverTwo: String?
    }
    struct Shortfall: Encodable {
        let amount: String
        let businessDate: String
        let run: Int32
        let scenario: Int
        let scenarioCode: String
    }
    struct Contribution: Encodable {
        let member: String
        let amount: String
        let weight: String
        let isMinimum: Bool
        /// Left out where no night has the member.
        let largestShortfall: Shortfall?
    }

    let effectiveFrom: String
    let currency: String
    let size: String
    let isFloor: Bool
    let buffer: String
    let largestNeed: Need
    let houseTranche: String
    let weight: String
    let minimum: String
    let contributions: [Contribution]
    /// The newest first.
    let nights: [Need]

    init(_ fund: ProposedFund) {
        let decimals = fund.base.decimals
        func need(_ night: StressedNight) -> Need {
            Need(
                businessDate: "\(night.businessDate)", run: night.run, scenario: night.need?.scenario,
                scenarioCode: night.need?.scenarioCode, groups: night.need?.groups.map(\.text) ?? [],
                coverTwo: night.need?.coverTwo.text(decimals: decimals))
        }
        effectiveFrom = "\(fund.effectiveFrom)"
        currency = "\(fund.base.code)"
        size = fund.size.text
        isFloor = fund.isFloor
        buffer = "\(fund.terms.buffer)"
        largestNeed = need(fund.largest)
        houseTranche = fund.terms.houseTranche.text(decimals: decimals)
        weight = fund.terms.weight.rawValue
        minimum = fund.terms.minimum.text(decimals: decimals)
        contributions = fund.contributions.map { contribution in
            Contribution(
                member: contribution.member.text, amount: contribution.amount.text,
                weight: contribution.weight.text, isMinimum: contribution.isMinimum,
                largestShortfall: contribution.worst.map { worst in
                    Shortfall(
                        amount: Money(minorUnits: worst.amount, currency: fund.base).text,
                        businessDate: "\(worst.businessDate)", run: worst.run, scenario: worst.scenario,
                        scenarioCode: worst.scenarioCode)
                })
        }
        nights = fund.nights.map(need)
    }
}
