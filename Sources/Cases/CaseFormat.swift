import Runtime
import TextFiles

/// What a neutral case may contain, level by level: a key that is not here is refused by its name, never ignored.
indirect enum CaseShape: Sendable {
    /// A string, a number or a flag.
    case value
    case list(CaseShape)
    case object([String: CaseShape])
    /// An object of this shape, or a list of such.
    case oneOrMore(CaseShape)
    /// An object whose keys are codes.
    case byCode(CaseShape)
    /// Not looked into: what expectations have is compared key by key anyway.
    case anything

    /// Throws for the first key or kind of value that does not fit.
    func check(_ value: JSONValue, at path: String) throws {
        switch (self, value) {
        case (.anything, _), (_, .null), (.value, .text), (.value, .number), (.value, .flag): return
        case (.oneOrMore(let shape), .object): try shape.check(value, at: path)
        case (.list(let shape), .array(let values)), (.oneOrMore(let shape), .array(let values)):
            for (index, value) in values.enumerated() { try shape.check(value, at: "\(path)[\(index + 1)]") }
        case (.byCode(let shape), .object(let members)):
            for (key, value) in members.sorted(by: { $0.key < $1.key }) { try shape.check(value, at: "\(path).\(key)") }
        case (.object(let shapes), .object(let members)):
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                guard let shape = shapes[key] else {
                    throw Failure(
                        .inputRejected, "unknown key \(key) in \(path)",
                        hint: "the keys are: \(shapes.keys.sorted().joined(separator: ", "))")
                }
                try shape.check(value, at: path.isEmpty ? key : "\(path).\(key)")
            }
        default: throw Failure(.inputRejected, "\(path) is not \(kind)")
        }
    }

    private var kind: String {
        switch self {
        case .value: "a single value"
        case .list: "a list"
        case .object, .byCode, .oneOrMore: "an object"
        case .anything: "anything"
        }
    }

    static func values(_ keys: String) -> [String: CaseShape] {
        Dictionary(keys.split(separator: " ").map { (String($0), .value) }, uniquingKeysWith: { first, _ in first })
    }

    static func object(_ keys: String, _ others: [String: CaseShape] = [:]) -> CaseShape {
        .object(values(keys).merging(others) { $1 })
    }
}

extension CaseShape {
    /// The whole file.
    static let file = object(
        "id title level", ["sections": .list(.value), "input": input, "expected": .anything])

    private static let input = object("", house.merging(studies) { $1 })

    private static let studies: [String: CaseShape] = [
        "historical": historical, "stress": stress, "calibration": calibration, "validation": validation,
        "attribution": object(
            "",
            [
                "yesterday": object("", house), "today": object("", house),
                "reported": .byCode(object("requirement add_ons")),
            ]),
    ]

    private static let house = values("business_date call_currency scan").merging(
        [
            "currencies": .byCode(object("minor_unit_decimals")),
            "fx": .list(object("from to rate haircut")),
            "combined_commodities": .list(combinedCommodity),
            "contracts": .list(contract),
            "inter_spreads": .list(interSpread),
            "accounts": .list(account),
            "member_concentration": concentration,
        ]
    ) { $1 }

    private static let kindAndValue = object("kind value")

    private static let combinedCommodity = object(
        "id currency array_decimals extreme_multiple extreme_cover look_ahead_days volatility_floor "
            + "weighted_price_risk delta_kind",
        [
            "price_scan_range": kindAndValue, "volatility_scan_range": kindAndValue,
            "scan_range_tiers": .list(object("from to kind value")), "scan_tiers": .list(.value),
            "tiers": .list(object("id", ["months": .list(.value)])),
            "intra_spreads": .list(
                object(
                    "id kind priority",
                    ["legs": .list(object("tier month ratio side")), "charge": object("kind rate")])),
            "delivery": .list(object("month outright_rate spread_rate applies_to")),
            "short_option_minimum": object("method rate"),
        ])

    private static let contract = object(
        "key combined_commodity kind month contract_value_factor delta_scaling_factor settlement previous_settlement "
            + "final_settlement right strike underlying_price expiry model exercise style rate carry valuation spot",
        ["volatility": kindAndValue])

    private static let interSpread = object(
        "id priority kind super rate", ["legs": .list(object("combined_commodity tier ratio side rate"))])

    private static let positions: CaseShape = .list(object("contract quantity long short"))

    private static let account = object(
        "id member origin type initial_ratio nov_capped offset_cap credit_multiplier model member_group",
        [
            "positions": positions, "owners": .list(object("id", ["positions": positions])),
            "underestimation": object("kappa"), "add_ons": addOns,
            "book": object(
                "", ["previous_positions": positions, "trades": .list(object("contract quantity price"))]),
            "collateral": .list(object("id currency quantity price haircut issuer issuer_group class eligible")),
            "collateral_rules": object("issuer_limit", ["class_limits": .byCode(.value)]),
            "call_rule": object("threshold minimum_transfer_amount lot"),
        ])

    private static let addOns = object(
        "",
        [
            "liquidity_groups": .list(
                object(
                    "id horizon_days",
                    ["members": .list(object("combined_commodity average_daily_volume participation extra_days"))])),
            "concentration": .list(concentration),
            "half_spreads": .list(object("combined_commodity half_spread contract_value_factor tier_factor")),
            "impacts": .list(
                object("combined_commodity impact daily_sigma average_daily_volume contract_value_factor")),
        ])

    private static let stated = object("member amount currency")

    private static let stress = object(
        "base_currency horizon_days house_surplus_covers_clients add_on_share cover_count",
        [
            "members": .list(object("member group")), "guaranty_fund": object("amount currency"),
            "contributions": .list(stated),
            "scenarios": .list(
                object(
                    "number id kind from_date to_date",
                    [
                        "moves": .list(
                            object(
                                "combined_commodity from_month to_month price_kind price_move volatility_kind "
                                    + "volatility_move"))
                    ])),
            "reverse": object("step max"),
            "second_round": object(
                "scenario round_cap close_out_days clients_are_closed_out",
                [
                    "defaulters": .list(.value), "liquidity_resources": .list(stated),
                    "impacts": .list(
                        object("combined_commodity impact_coefficient daily_volatility average_daily_volume")),
                ]),
        ])

    private static let concentration = object(
        "combined_commodity tiers_of average_daily_volume open_interest", ["tiers": .list(object("above rate"))])

    private static let historical = object(
        "confidence convention mpor_days look_back_days filtered seed_days lambda volatility_floor",
        [
            "dates": .list(.value),
            "factors": .list(
                object(
                    "id return_kind seed_days lambda volatility_floor",
                    ["levels": .list(.value), "clamp": .list(.value)])),
            "clamp": .list(.value), "instruments": .byCode(object("price_factor volatility_factor")),
            "positions": .byCode(.value), "losses": .byCode(.list(.value)), "weights": .list(.value),
            "stressed": .oneOrMore(object("from to weight", ["windows": .list(object("from to"))])),
            "correlation_break": object("window kappa lower upper"),
        ])
}
