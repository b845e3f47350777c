import Postgres

/// Corrections of a loaded house, drawn from a seed: prices of futures and options, of the day and the day before,
/// positions, collateral, parameters, rates and reference rows.
struct RandomCorrections {
    private var state: UInt64
    private let connection: Connection
    private let house: String
    /// Parameter sets made so far.
    var sets = 0

    /// `house` is the folder that was loaded.
    init(seed: UInt64, connection: Connection, house: String) {
        state = seed
        self.connection = connection
        self.house = house
    }

    /// The words of the next `margin correct`, or of loading another parameter set.
    mutating func next() throws -> [String] {
        let words: [String]
        switch draw(20) {
        case 6...11:
            words = try correction(of: Self.overrides, inSet: sets == 0 ? "2018-12" : "2018-12-\(sets)")
        case 12...18: words = try correction(of: Self.references, inSet: nil)
        case 19: return try anotherSet(of: house)
        case 0: words = try price(of: "s.option_right is null", on: "2018-12-28")
        case 1, 2: words = try price(of: "s.option_right is not null", on: "2018-12-28")
        case 3: words = try price(of: "s.option_right is null", on: "2018-12-27")
        case 4:
            let row = try pick(
                """
                select p.account, p.series, p.owner from margin.position as p
                where p.business_date = '2018-12-28' and p.revision = 1 order by p.account, p.owner, p.series
                """)
            let owner = try row.text(.at(2))
            words =
                ["position", "--account", try row.text(.at(0)), "--series", try row.text(.at(1))]
                + (owner.isEmpty ? [] : ["--owner", owner]) + ["--long", "\(draw(40) + 1)", "--short", "0"]
        default:
            let row = try pick(
                """
                select h.account, h.item from margin.collateral_holding as h
                where h.business_date = '2018-12-28' and h.revision = 1 order by h.account, h.item
                """)
            words = [
                "collateral", "--account", try row.text(.at(0)), "--item", try row.text(.at(1)), "--quantity",
                "\(draw(900_000) + 1)",
            ]
        }
        let date = words.contains("2018-12-27") ? [] : ["--business-date", "2018-12-28"]
        return ["correct"] + words + date + ["--reason", "drawn"]
    }

    /// A settlement price a tick or two higher than it is.
    private mutating func price(of kind: String, on day: String) throws -> [String] {
        let row = try pick(
            """
            select p.series, (p.price + 0.01 * (1 + p.revision))::text
            from margin.settlement_price_as_of(1000000) as p
            join margin.series as s on s.series = p.series
            where p.business_date = '\(day)' and p.price_kind = 'settlement' and \(kind)
            order by p.series
            """)
        let date = day == "2018-12-27" ? ["--business-date", day] : []
        return ["price", "--series", try row.text(.at(0)), "--price", try row.text(.at(1))] + date
    }

    mutating func pick(_ statement: String) throws -> Row {
        let rows = Array(try connection.rows(statement))
        return rows[draw(rows.count)]
    }

    /// A number from 0 up to `bound`, by a multiplicative congruential step; good enough to choose by.
    mutating func draw(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
