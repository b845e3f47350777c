import ClearingModel
import Margining
import Parameters
import Quantities
import Reporting
import Results
import Runtime
import Storage

/// The pages of a night: one for each member with a call or return, and one for the house (docs/reports.md, *Pages*).
///
/// The end of the day alone has them, of a house that wants them. Every page is made again in a rerun, since findings,
/// nights and the next date may have moved for any member; one that says the same is not issued again. Cost: one pass
/// over the book, and a statement a subject for all members.
struct NightPages {
    /// How many nights a page shows, its own among them.
    private static let nightsShown = 20
    /// How many positions a member's page lists.
    private static let positionsShown = 10

    private let execution: StageExecution
    private let reader: ReportReader
    private let house: ClearingHouse
    private let callsDue: String
    private let held: [String: MemberHoldings]

    /// Reads the book and the published arrays.
    init(_ execution: StageExecution, _ reader: ReportReader, callsDue: String) throws {
        self.execution = execution
        self.reader = reader
        self.callsDue = callsDue
        let (run, database) = (execution.context.pinned, execution.database)
        try execution.tables.openWholeOnce()
        house = try ClearingHouse.load(pinnedAt: run.load, from: database)
        let inputs = try MarginInputs.load(
            run: run, scope: .whole, from: database, house, try ParameterSet.load(run.parameters, from: database),
            exchangeRates: try MarketStore(database, of: run, scope: .whole).exchangeRates())
        held = inputs.holdings(try inputs.positions(execution), listing: Self.positionsShown)
    }

    /// Adds the pages to the folder, the members' in the order of their codes, the house's last; the reports must be in
    /// it already. `trades` are of the members who have asked for them; `isStressed`: whether the run has stress
    /// results; `followsCalls`: whether the house records what becomes of calls.
    func write(
        to folder: inout ReportFolder, _ header: RunHeader, trades: [String: [PageTrade]], isStressed: Bool,
        followsCalls: Bool
    ) throws {
        let context = execution.context
        let night = NightPageReader(reader, house)
        let earlier = try MonitoringStore(execution.database).nights(
            before: context.businessDate, cycle: context.cycle, runNumber: context.number,
            atMost: Self.nightsShown - 1)
        if !execution.followsCommitted {
            // What is verified showed them all.
            for night in earlier {
                try RunContext.refuseArchived(night.businessDate, as: .inputMissing, from: execution.database)
            }
        }
        let (nights, tomorrow) = (try night.nights(earlier), try night.tomorrow())
        let (calls, addOns, findings) = (try night.calls(), try night.addOns(), try night.findings())
        let buildUps = try night.buildUps(alone: held.mapValues(\.alone))
        let (corrections, attributions) = (try night.corrections(), try night.attributions())
        for member in house.members {
            let code = member.code.text
            guard let own = calls[code] else { continue }
            var content = MemberPageContent(member: code, name: member.name)
            content.callsDue = callsDue
            (content.calls, content.buildUps, content.addOns) = (own, buildUps[code] ?? [], addOns[code] ?? [])
            (content.tomorrow, content.nights) = (tomorrow[code], nights[code] ?? [])
            (content.corrections, content.attributions) = (corrections[code] ?? [], attributions[code] ?? [])
            content.reducingTrades = trades[code]
            if let holdings = held[code] {
                (content.positions, content.positionCount) = (holdings.costliest.map(\.position), holdings.count)
                content.synthetic = holdings.synthetic.sorted()
            }
            let codes = Set(own.map(\.account) + [code])
            content.findings = findings.filter { $0.isAbout(own: codes, series: held[code]?.series ?? []) }
            content.callDigest = try folder.contentDigest(of: ReportCatalogue.marginCall.name, member: code)
            try folder.add(MemberPage.page(content, header: header))
            try StopSignals.check()
        }
        var content = HousePageContent()
        content.callsDue = callsDue
        content.members = house.members.flatMap { member in
            Self.memberCalls(
                member.code.text, calls[member.code.text] ?? [], tomorrow[member.code.text],
                before: nights[member.code.text] ?? [], businessDate: earlier.first?.businessDate)
        }
        content.nights = Self.summed(Array(nights.values))
        content.addOns = Self.summed(Array(addOns.values))
        content.concentrations = try night.concentrations()
        content.findings = findings
        content.totals = try folder.totalsOverMembers
        if followsCalls { content.openCalls = try night.openCalls() }
        if isStressed { content.stress = try StressPageReader(reader).read() }
        try folder.add(HousePage.page(content, header: header))
    }

    /// A member's calls by call currency.
    private static func memberCalls(
        _ member: String, _ calls: [PageCall], _ tomorrow: PageTomorrow?, before: [PageNights],
        businessDate: BusinessDate?
    ) -> [PageMemberCall] {
        Dictionary(grouping: calls) { $0.callAmount.currency }.sorted { "\($0.key.code)" < "\($1.key.code)" }.map {
            currency, calls in
            func sum(_ amount: (PageCall) -> Money) -> Money { calls.reduce(Money.zero(currency)) { $0 + amount($1) } }
            return PageMemberCall(
                member: member, accounts: calls.count, calls: calls.count { $0.callAmount.minorUnits > 0 },
                margin: sum { $0.requirement + $0.addOns },
                marginBefore: before.first { $0.currency == currency }?.nights.first { $0.date == businessDate }?
                    .margin,
                collateralValue: sum(\.collateralValue), callAmount: sum(\.callAmount),
                returnAmount: sum(\.returnAmount),
                tomorrow: tomorrow.map { tomorrow in
                    tomorrow.accounts.filter { $0.callAmount.currency == currency }.reduce(Money.zero(currency)) {
                        $0 + $1.callAmount
                    }
                })
        }
    }

    /// Nights of all members added up by date.
    private static func summed(_ members: [[PageNights]]) -> [PageNights] {
        Dictionary(grouping: members.joined(), by: \.currency).map { currency, all in
            var nights = PageNights(currency: currency)
            for (date, own) in Dictionary(grouping: all.flatMap(\.nights), by: \.date).sorted(by: { $0.key < $1.key }) {
                nights.nights.append(
                    PageNights.Night(
                        date: date, margin: own.reduce(Money.zero(currency)) { $0 + $1.margin },
                        collateralValue: own.reduce(Money.zero(currency)) { $0 + $1.collateralValue },
                        callAmount: own.reduce(Money.zero(currency)) { $0 + $1.callAmount }))
            }
            return nights
        }.sorted { "\($0.currency.code)" < "\($1.currency.code)" }
    }

    /// Add-ons of all members by currency and kind, the largest of a currency first.
    private static func summed(_ members: [[PageAddOn]]) -> [PageAddOn] {
        var sums: [Currency: [String: Money]] = [:]
        for addOn in members.joined() {
            let currency = addOn.amount.currency
            sums[currency, default: [:]][addOn.kind, default: .zero(currency)] =
                sums[currency, default: [:]][addOn.kind, default: .zero(currency)] + addOn.amount
        }
        return sums.sorted { "\($0.key.code)" < "\($1.key.code)" }.flatMap { _, kinds in
            kinds.map { PageAddOn(kind: $0.key, amount: $0.value) }.sorted {
                ($1.amount.minorUnits, $0.kind) < ($0.amount.minorUnits, $1.kind)
            }
        }
    }
}
