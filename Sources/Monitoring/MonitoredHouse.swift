import ClearingModel
import Quantities

/// A position of the night with what its contracts count for.
package struct HeldPosition: Sendable {
    let member: MemberCode
    let account: AccountCode
    let owner: OwnerCode
    let series: SeriesCode
    let combinedCommodity: CombinedCommodityCode
    /// Of the contract: what one counts for in its combined commodity's open interest, above 0.
    let deltaScalingFactor: ExactDecimal
    /// Contracts, 0 or more.
    let long: Int64
    let short: Int64

    package init(
        member: MemberCode, account: AccountCode, owner: OwnerCode, series: SeriesCode,
        combinedCommodity: CombinedCommodityCode, deltaScalingFactor: ExactDecimal, long: Int64, short: Int64
    ) {
        self.member = member
        self.account = account
        self.owner = owner
        self.series = series
        self.combinedCommodity = combinedCommodity
        self.deltaScalingFactor = deltaScalingFactor
        self.long = long
        self.short = short
    }

    /// Contracts, the larger of the two sides.
    var size: Int64 { max(long, short) }
}

/// What an account is required, owes and has posted, in the base currency, each 0 or more.
package struct AccountAmounts: Sendable {
    let account: AccountCode
    let member: MemberCode
    let margin: ExactDecimal
    let unpaid: ExactDecimal
    let collateral: ExactDecimal

    package init(
        account: AccountCode, member: MemberCode, margin: ExactDecimal, unpaid: ExactDecimal, collateral: ExactDecimal
    ) {
        self.account = account
        self.member = member
        self.margin = margin
        self.unpaid = unpaid
        self.collateral = collateral
    }
}

/// A night's book, margin and stress, added up to what is watched. Positions first, then accounts; order within does
/// not count.
package struct MonitoredHouse: Sendable {
    /// What is open on each side, in contracts of the combined commodity.
    private struct OpenInterest {
        var long = ExactDecimal.zero
        var short = ExactDecimal.zero
        var size: ExactDecimal { max(long, short) }

        mutating func add(_ position: HeldPosition) {
            long += ExactDecimal(Int(position.long)) * position.deltaScalingFactor
            short += ExactDecimal(Int(position.short)) * position.deltaScalingFactor
        }
    }

    private struct Member {
        var size: Int64 = 0
        var margin = ExactDecimal.zero
        var needed = ExactDecimal.zero
        var collateral = ExactDecimal.zero
        var open: [CombinedCommodityCode: OpenInterest] = [:]
    }

    private struct HeldAccount {
        var size: Int64 = 0
        var risks: [CombinedCommodityCode: ExactDecimal] = [:]

        /// What is held is watched, also where it has no risk.
        mutating func add(_ position: HeldPosition) {
            size += position.size
            if risks[position.combinedCommodity] == nil { risks[position.combinedCommodity] = .zero }
        }
    }

    private let terms: MonitoringTerms
    private var positions: [HeldPosition] = []
    private var held: [AccountCode: HeldAccount] = [:]
    private var accounts: [AccountAmounts] = []
    private var members: [MemberCode: Member] = [:]
    private var open: [CombinedCommodityCode: OpenInterest] = [:]
    private var shortfalls: [MemberCode: (worst: ExactDecimal, fund: ExactDecimal)] = [:]

    package init(_ terms: MonitoringTerms) { self.terms = terms }

    /// Adds a position of the book.
    package mutating func add(_ position: HeldPosition) {
        if ExactDecimal(Int(position.size)) >= terms.leastContracts, position.size > 0 { positions.append(position) }
        held[position.account, default: HeldAccount()].add(position)
        members[position.member, default: Member()].size += position.size
        members[position.member, default: Member()]
            .open[position.combinedCommodity, default: OpenInterest()].add(position)
        open[position.combinedCommodity, default: OpenInterest()].add(position)
    }

    /// Adds what an account is required and has posted.
    package mutating func add(_ amounts: AccountAmounts) {
        accounts.append(amounts)
        members[amounts.member, default: Member()].margin += amounts.margin
        members[amounts.member, default: Member()].needed += amounts.margin + amounts.unpaid
        members[amounts.member, default: Member()].collateral += amounts.collateral
    }

    /// `risk` of what an account holds in a combined commodity, in the base currency, 0 or more.
    package mutating func add(
        risk: ExactDecimal, of account: AccountCode, in combinedCommodity: CombinedCommodityCode
    ) {
        held[account, default: HeldAccount()].risks[combinedCommodity, default: .zero] += risk
    }

    /// A member's worst shortfall under stress and the guaranty fund, in the base currency, each 0 or more.
    package mutating func add(worstShortfall: ExactDecimal, of member: MemberCode, fund: ExactDecimal) {
        shortfalls[member] = (worstShortfall, fund)
    }
}

extension MonitoredHouse {
    /// Every figure that is watched, of subjects above the floors.
    var figures: [MonitoredFigure] { positions.map(figure) + accountFigures + memberFigures }

    private func figure(_ position: HeldPosition) -> MonitoredFigure {
        MonitoredFigure(
            key: FigureKey(.position, "\(position.account), \(position.owner), \(position.series)", .size),
            amount: ExactDecimal(Int(position.size)), account: position.account, member: position.member,
            combinedCommodities: [position.combinedCommodity])
    }

    private var accountFigures: [MonitoredFigure] {
        accounts.filter { $0.margin >= terms.leastMargin }.flatMap { account -> [MonitoredFigure] in
            let held = held[account.account] ?? HeldAccount()
            let total = held.risks.values.reduce(.zero, +)
            let largest = held.risks.values.max() ?? .zero
            return figures(
                .account, account.account.text, account: account.account, account.member, Set(held.risks.keys),
                [
                    .size: ExactDecimal(Int(held.size)), .margin: account.margin,
                    .concentration: total > .zero ? largest.divided(by: total, roundedToScale: 6) : .zero,
                ])
        }
    }

    private var memberFigures: [MonitoredFigure] {
        members.filter { $0.value.margin >= terms.leastMargin }.flatMap { code, member -> [MonitoredFigure] in
            let share = largestShare(of: member)
            return figures(
                .member, code.text, account: nil, code, Set(member.open.keys),
                [.size: ExactDecimal(Int(member.size)), .margin: member.margin])
                + figures(
                    .member, code.text, account: nil, code, share.map { [$0.combinedCommodity] } ?? [],
                    [.concentration: share?.share ?? .zero])
        }
            + shortfalls.map { code, _ in
                MonitoredFigure(
                    key: FigureKey(.member, code.text, .fundShare), amount: fundShare(of: code) ?? .zero, account: nil,
                    member: code, combinedCommodities: [])
            }
    }

    private func figures(
        _ kind: SubjectKind, _ subject: String, account: AccountCode?, _ member: MemberCode,
        _ combinedCommodities: Set<CombinedCommodityCode>, _ amounts: [FigureMeasure: ExactDecimal]
    ) -> [MonitoredFigure] {
        amounts.map { measure, amount in
            MonitoredFigure(
                key: FigureKey(kind, subject, measure), amount: amount, account: account, member: member,
                combinedCommodities: combinedCommodities)
        }
    }

    /// The largest share that a member has of an open interest, of equal ones the first combined commodity's.
    private func largestShare(of member: Member) -> (combinedCommodity: CombinedCommodityCode, share: ExactDecimal)? {
        let shares = member.open.map { code, own -> (combinedCommodity: CombinedCommodityCode, share: ExactDecimal) in
            let all = open[code]?.size ?? .zero
            return (code, all > .zero ? own.size.divided(by: all, roundedToScale: 6) : .zero)
        }
        return shares.min { ($1.share, $0.combinedCommodity) < ($0.share, $1.combinedCommodity) }
    }

    /// Worst shortfall over fund, 6 decimals; of a fund of zero 1 where anything is short. Nil without stress.
    private func fundShare(of member: MemberCode) -> ExactDecimal? {
        shortfalls[member].map { worst, fund in
            guard fund > .zero else { return worst > .zero ? .one : .zero }
            return worst.divided(by: fund, roundedToScale: 6)
        }
    }

    /// What stands against a limit tonight; nil where the night has no such figure.
    func figure(_ measure: LimitMeasure, of member: MemberCode, history: FigureHistory) -> ExactDecimal? {
        let amounts = members[member] ?? Member()
        switch measure {
        case .margin: return amounts.margin
        case .stressShortfall: return shortfalls[member]?.worst
        case .openInterestShare: return largestShare(of: amounts)?.share ?? .zero
        case .collateralCover:
            guard amounts.needed > .zero else { return nil }
            return amounts.collateral.divided(by: amounts.needed, roundedToScale: 6)
        case .fundDays:
            guard let tonight = fundShare(of: member) else { return nil }
            let nights = history.amounts(of: FigureKey(.member, member.text, .fundShare)) + [tonight]
            return ExactDecimal(nights.count { $0 > terms.fundShare })
        }
    }
}
