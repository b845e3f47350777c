import Foundation
import TestSupport

/// A made-up house of ten accounts that is watched: every night's contracts are drawn within 4 % of what they are as a
/// rule, so that no figure leaves its history by itself; the last four nights have what a plan plants.
struct WatchedHouse {
    /// Nights that nothing is planted in, and those after them.
    static let quietNights = 30
    static let nights = 34

    let dates = ThirtyNightsTests.businessDates(nights)
    private var tables: [String: [String]] = [:]

    /// Contracts as a rule, + long, by account and series; the last account takes the other side of everything.
    private static let book: [(account: String, contracts: [String: Double])] = [
        ("A01", ["OIL-1": 100]), ("A02", ["GAS-1": 80]), ("A03", ["OIL-1": 150, "OIL-2": -60]),
        ("A04", ["OIL-1": 30, "OIL-2": 30, "GAS-1": 30, "GAS-2": 30]), ("A05", ["OIL-1": 40, "GAS-1": 40]),
        ("A06", ["ZINC-1": 200]), ("A07", ["GAS-1": 18]), ("A08", ["GAS-2": 18]),
        ("DEALER", ["OIL-1": 3000, "OIL-2": 3000, "GAS-1": 3000, "GAS-2": 3000, "ZINC-1": 3000]),
    ]
    private static let members = [
        "A01": "M1", "A02": "M1", "A03": "M2", "A04": "M2", "A05": "M3", "A06": "M3", "A07": "M4", "A08": "M4",
        "DEALER": "MD", "OTHERS": "ME",
    ]

    /// What is another from the 31st night on.
    private static let planted: [String: [String: Double]] = [
        "A01": ["OIL-1": 300], "A03": ["OIL-1": 150, "OIL-2": 60],
        "A04": ["OIL-1": 48, "OIL-2": 48, "GAS-1": 48, "GAS-2": 48], "A05": ["OIL-1": 49, "GAS-1": 31],
        "A07": ["GAS-1": 11], "A08": ["GAS-2": 11],
    ]

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        addReference()
        for set in ["P1", "P2"] { addParameters(of: set) }
        for (night, date) in dates.enumerated() { add(night: night + 1, date, &random) }
    }

    /// Writes the files and returns their folder.
    func write(into folder: String) throws -> String {
        let path = folder + "/watched"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        for (name, lines) in tables {
            try (lines.joined(separator: "\n") + "\n").write(
                toFile: "\(path)/\(name).csv", atomically: false, encoding: .utf8)
        }
        return path
    }

    private mutating func add(_ table: String, _ lines: String...) { tables[table, default: []] += lines }

    private mutating func addReference() {
        add("currency", "currency,minor_unit_decimals", "USD,2")
        add("calendar_date", "calendar_date,is_business_day", "2018-12-21,true", "2018-12-24,true")
        for date in dates { add("calendar_date", "\(date),true") }
        add("clearing_member", "member,name,member_group")
        for member in Set(Self.members.values).sorted() { add("clearing_member", "\(member),\(member),\(member)") }
        add("account", "account,member,origin,margining_type,account_class,call_currency")
        for (account, member) in Self.members.sorted(by: { $0.key < $1.key }) {
            add("account", "\(account),\(member),house,net,STANDARD,USD")
        }
        add("combined_commodity", "combined_commodity,name,currency")
        add("contract", "contract,combined_commodity,kind,contract_value_factor,future_valuation")
        for (commodity, factor) in [("OIL", 1000), ("GAS", 10000), ("ZINC", 25)] {
            add("combined_commodity", "\(commodity),\(commodity),USD")
            add("contract", "\(commodity)-F,\(commodity),future,\(factor),linear")
        }
        add("series", "series,contract,contract_month")
        for (series, month) in [
            ("OIL-1", "2019-03"), ("OIL-2", "2019-04"), ("GAS-1", "2019-03"), ("GAS-2", "2019-04"),
            ("ZINC-1", "2019-03"),
        ] {
            add("series", "\(series),\(series.prefix { $0 != "-" })-F,\(month)")
        }
        add("house", "effective_from,base_currency", "2018-01-01,USD")
        add(
            "member_limit", "effective_from,member,measure,limit_amount,currency", "2018-01-01,M1,margin,100000000,USD",
            "2018-01-01,M2,collateral_cover,1.2,", "2018-01-01,M3,fund_days,3,",
            "\(dates[31]),M1,margin,2500000,USD",
            "\(dates[31]),MD,open_interest_share,0.5,")
        for table in ["position", "settlement_price", "collateral_holding", "collateral_price"] { addHeader(table) }
        add("collateral_asset", "asset,currency,issuer,issuer_group,asset_class", "CASH,USD,CASH,,cash")
    }

    private mutating func addHeader(_ table: String) {
        let columns = [
            "position": "account,series,long_quantity,short_quantity", "settlement_price": "series,price,currency",
            "collateral_holding": "account,item,asset,quantity", "collateral_price": "asset,price",
        ]
        add(table, "business_date," + (columns[table] ?? ""))
    }

    /// The second set holds from the 32nd night on, with another scan range of zinc.
    private mutating func addParameters(of set: String) {
        let isFirst = set == "P1"
        if isFirst {
            add("parameter_set", "parameter_set,effective_from,author,approved_by,reason")
            add("account_class", "parameter_set,account_class")
            add("call_rule", "parameter_set,account_class,threshold,minimum_transfer_amount,lot")
            add("collateral_haircut", "parameter_set,asset,haircut")
            add("data_gate", "parameter_set,rule,severity")
            add("monitoring", "parameter_set,least_contracts,least_margin,stuck_nights")
            add(
                "scenario",
                "parameter_set,scenario_set,scenario,price_move_numerator,price_move_denominator,volatility_move,weight"
            )
            add(
                "combined_commodity_margin",
                "parameter_set,combined_commodity,scenario_set,price_scan_range_kind,price_scan_range,"
                    + "volatility_scan_range_kind,volatility_scan_range,volatility_floor")
        }
        add("parameter_set", "\(set),\(isFirst ? "2018-01-01" : dates[31]),author,approver,made up")
        add("account_class", "\(set),STANDARD")
        add("call_rule", "\(set),STANDARD,100000,1000,1000")
        add("collateral_haircut", "\(set),CASH,0")
        add("data_gate", "\(set),position_roll,off")
        add("monitoring", "\(set),50,100000,20")
        add("scenario", "\(set),UP-DOWN,1,1,1,0,1", "\(set),UP-DOWN,2,-1,1,0,1")
        for (commodity, range) in [("OIL", "6"), ("GAS", "0.5"), ("ZINC", isFirst ? "100" : "160")] {
            add("combined_commodity_margin", "\(set),\(commodity),UP-DOWN,amount,\(range),relative,0.3,0.01")
        }
    }

    private mutating func add(night: Int, _ date: String, _ random: inout SeededGenerator) {
        var open: [String: Int] = [:]
        for (account, rule) in Self.book {
            let contracts = night > Self.quietNights ? Self.planted[account] ?? rule : rule
            for (series, count) in contracts.sorted(by: { $0.key < $1.key }) {
                let drawn = Int((count * random.number(0.96...1.04)).rounded())
                open[series, default: 0] -= drawn
                addPosition(date, account, series, drawn)
            }
        }
        for (series, count) in open.sorted(by: { $0.key < $1.key }) {
            addPosition(date, "OTHERS", series, count)
            let price = ["OIL": "70", "GAS": "3", "ZINC": "2500"][String(series.prefix { $0 != "-" })] ?? ""
            add("settlement_price", "\(date),\(series),\(price),USD")
        }
        add("collateral_price", "\(date),CASH,1")
        for account in Self.members.keys.sorted() {
            // From the 14th night on A02 lacks less than it is called for; from the 33rd M2 has little to spare.
            let amount =
                switch account {
                case "A02" where night >= 14: 360_000
                case "A03" where night >= 33, "A04" where night >= 33: 1_500_000
                case "DEALER", "OTHERS": 200_000_000
                default: 10_000_000
                }
            add("collateral_holding", "\(date),\(account),1,CASH,\(amount)")
        }
    }

    private mutating func addPosition(_ date: String, _ account: String, _ series: String, _ contracts: Int) {
        add("position", "\(date),\(account),\(series),\(max(contracts, 0)),\(max(-contracts, 0))")
    }
}
