import ClearingModel
import Quantities
import Reporting

/// Contents of the pages of a night to render: an ordinary member, one with nothing, one with the widest amounts and
/// hostile names; a house of twelve members.
enum NightPageSamples {
    static let dollar = Currency(code: CurrencyCode("USD")!, decimals: 2)
    static let yen = Currency(code: CurrencyCode("JPY")!, decimals: 0)
    static let date = BusinessDate(year: 2018, month: 12, day: 31)

    static func usd(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: dollar) }

    static func call(
        _ account: String, requirement: Int64, collateral: Int64, call: Int64 = 0, back: Int64 = 0, reason: String
    ) -> PageCall {
        PageCall(
            account: account, origin: account.hasSuffix("H") ? "house" : "client", requirement: usd(requirement),
            addOns: usd(1_234), unpaidVariationMargin: usd(77), collateralValue: usd(collateral),
            intradayCollected: usd(0), deficit: usd(requirement + 1_234 + 77 - collateral), threshold: usd(5_000_000),
            callAmount: usd(call), returnAmount: usd(back), reasonCode: reason,
            dueDate: BusinessDate(year: 2019, month: 1, day: 2))
    }

    /// Three accounts, two margin currencies, twenty nights, ten positions.
    static var ordinary: MemberPageContent {
        var content = MemberPageContent(member: "ALPHA", name: "Alpha Clearing")
        content.callsDue = "12:00 Europe/Berlin"
        content.calls = [
            call(
                "A-C1", requirement: 1_500_531_833, collateral: 981_196_710, call: 519_400_000,
                reason: "deficit_above_threshold"),
            call("A-C2", requirement: 78_868_881, collateral: 98_969_960, back: 20_000_000, reason: "excess_returned"),
            call("A-H", requirement: 12_626_786, collateral: 9_300_000, reason: "deficit_within_threshold"),
        ]
        content.buildUps = [
            PageBuildUp(
                currency: yen, alone: 31_191_493, scan: 5_656_515, calendar: 427_362, delivery: 183_533,
                credits: 44_926, shortOptions: 12_000, ratio: 626_741, initialRisk: 6_900_000,
                netOptionValue: 26_645_700, addBack: 8_985, requirement: 0),
            PageBuildUp(
                currency: dollar, alone: 1_431_931_109, scan: 839_097_072, calendar: 14_295_722, delivery: 9_642_817,
                credits: 1_000_001, shortOptions: 0, ratio: 80_372_624, initialRisk: 942_408_234,
                netOptionValue: -491_724_402, addBack: 0, requirement: 1_434_132_636),
        ]
        content.attributions = [
            PageAttribution(
                businessDateBefore: BusinessDate(year: 2018, month: 12, day: 28), before: usd(1_520_876_571),
                effects: [
                    .correction: usd(0), .time: usd(-1_200_345), .positions: usd(80_000_100), .prices: usd(-7_700_001),
                    .volatilities: usd(150_000), .parameters: usd(0), .statics: usd(1),
                ], today: usd(1_592_126_326))
        ]
        content.addOns = [PageAddOn(kind: "half_spread", amount: usd(3_702))]
        content.tomorrow = PageTomorrow(date: BusinessDate(year: 2019, month: 1, day: 2), parameterSet: "2018-12")
        content.tomorrow?.accounts = content.calls.map { call in
            PageTomorrow.AccountTomorrow(
                account: call.account, margin: call.requirement + usd(55), tonightMargin: call.requirement,
                unpaidVariationMargin: usd(0), collateralValue: call.collateralValue, callAmount: call.callAmount,
                returnAmount: call.returnAmount, dueDate: call.dueDate)
        }
        content.nights = [nights(20, dollar)]
        content.positions = (1...10).map { place -> PagePosition in
            let (owner, short): (String, Int64) = (place == 3 ? "OWNER-3" : "", place == 2 ? 5 : 0)
            return PagePosition(
                account: "A-C1", owner: owner, series: "WTI-F-2019-\(place)", long: Int64(place * 7), short: short,
                alone: usd(Int64(40_000_000 - place * 999)))
        }
        content.positionCount = 312
        content.reducingTrades = (1...9).map { place in
            PageTrade(
                account: "A-C1", owner: "", series: "WTI-O-2019-\(place)", quantity: place % 2 == 0 ? 1 : -1,
                lowersBy: usd(Int64(90_000 - place)), requirement: usd(1_500_441_833))
        }
        content.findings = [
            PageFinding(
                rule: "stale_price", severity: "flag", table: "settlement_price",
                rowKey: "2018-12-31, WTI-F-2019-1, settlement", column: "last_quoted_on", waiver: nil)
        ]
        content.corrections = [
            PageCorrection(
                number: 12, kind: "correction", place: "settlement_price 2018-12-31, WTI-F-2019-2, settlement: price",
                before: "29.40", after: "2.940", reason: "loaded ten times too high")
        ]
        content.synthetic = ["GAS", "INDEX"]
        return content
    }

    static func nights(_ count: Int, _ currency: Currency) -> PageNights {
        var nights = PageNights(currency: currency)
        for place in 0..<count {
            func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
            nights.nights.append(
                PageNights.Night(
                    date: BusinessDate(dayNumber: date.dayNumber - Int32((count - 1 - place) * 7 / 5)),
                    margin: money(Int64(1_500_000_000 + (place * 7919 % 13) * 9_000_001)),
                    collateralValue: money(Int64(1_450_000_000 + place * 7_000_003)),
                    callAmount: money(place % 3 == 0 ? Int64(30_000_000 + place * 100) : 0)))
        }
        return nights
    }

    static var bare: MemberPageContent {
        var content = MemberPageContent(member: "BETA", name: "Beta")
        content.calls = [call("B-H", requirement: 0, collateral: 1_311, reason: "covered")]
        return content
    }

    /// Amounts of 17 digits, and names that would be markup, formulas or right to left.
    static var wide: MemberPageContent {
        var content = MemberPageContent(member: "GAMMA", name: "<script>alert(1)</script> \u{202E}& \"Sons\"")
        let amount: Int64 = 92_233_720_368_547_758
        content.calls = [
            call("<b>&'\"=1+1", requirement: amount, collateral: 3, call: amount, reason: "deficit_above_threshold"),
            call("ACCOUNT-OF-24-CHARACTERS", requirement: 1, collateral: 5, reason: "no_call_rule"),
        ]
        content.buildUps = [
            PageBuildUp(
                currency: dollar, alone: amount, scan: amount - 5, calendar: 0, delivery: 0, credits: 0,
                shortOptions: 0, ratio: 0, initialRisk: amount - 5, netOptionValue: -amount / 2, addBack: 0,
                requirement: amount)
        ]
        content.nights = [nights(3, dollar), nights(20, yen)]
        content.positions = [
            PagePosition(
                account: "<b>&'\"=1+1", owner: "</td>", series: "<i>", long: .max, short: .max, alone: usd(amount))
        ]
        content.positionCount = 1
        content.corrections = [
            PageCorrection(
                number: .max, kind: "override", place: "a long table a long key: a long column", before: "<br>",
                after: "]]>", reason: "<img src=x onerror=alert(1)> " + String(repeating: "long ", count: 30))
        ]
        return content
    }

    static var house: HousePageContent {
        var content = HousePageContent()
        content.callsDue = "12:00 Europe/Berlin"
        content.members = (1...12).map(houseMember)
        content.nights = [nights(20, yen), nights(20, dollar)]
        content.openCalls = zip(1...3, ["issued", "partly_met", "overdue"]).map { place, state -> PageOpenCall in
            let met: Int64 = state == "partly_met" ? 100_001 : 0
            return PageOpenCall(
                member: "M\(place)", account: "M\(place)-H",
                callDate: BusinessDate(dayNumber: date.dayNumber - Int32(place)), called: usd(900_000), met: usd(met),
                open: usd(900_000 - met), dueDate: date, ageDays: Int64(place), state: state)
        }
        content.addOns = [PageAddOn(kind: "liquidity", amount: usd(94_493_282))]
        content.concentrations = [
            PageConcentration(
                member: "M3", combinedCommodity: "GAS", netDelta: ExactDecimal(mantissa: -125_5, scale: 1),
                memberCharge: usd(900), ownCharges: usd(300), excess: usd(600))
        ]
        content.stress = StressPageSamples.small
        content.findings =
            (1...40).map { place in
                PageFinding(
                    rule: place % 7 == 0 ? "stale_price" : "price_move", severity: place == 40 ? "block" : "flag",
                    table: "settlement_price", rowKey: "2018-12-31, WTI-F-\(place), settlement", column: "price",
                    waiver: place == 2 ? "seen" : nil)
            }
        content.totals = [
            ControlTotal(
                report: "margin-call", member: nil, figure: "call_amount", currency: dollar.code,
                amount: ExactDecimal(mantissa: 1_286_8000, scale: 1), rowCount: 34)
        ]
        return content
    }

    private static func houseMember(_ place: Int) -> PageMemberCall {
        let currency = place == 5 ? yen : dollar
        func money(_ units: Int) -> Money { Money(minorUnits: Int64(units), currency: currency) }
        let (margin, change) = (place * 120_000_077, (place * 31 % 11 - 5) * 5_001)
        return PageMemberCall(
            member: "M\(place)", accounts: place, calls: place % 3, margin: money(margin),
            marginBefore: place == 7 ? nil : money(margin + change), collateralValue: money(place * 110_000_000),
            callAmount: money(place % 3 == 0 ? 0 : place * 10_000_000), returnAmount: money(0),
            tomorrow: place == 5 ? nil : money(place))
    }
}
