import Quantities

/// What a case asks for that the night does not compute yet, by the names of the format's keys.
func unsupportedFeatures(of input: JSONValue) -> [String] {
    var features: [String] = []
    func need(_ feature: String, _ isNeeded: Bool) {
        if isNeeded, !features.contains(feature) { features.append(feature) }
    }
    need("historical", input["historical"] != nil || !input.flag("scan", default: true))
    need("member_concentration", input["member_concentration"] != nil)
    for account in input.list("accounts") {
        need("underestimation", account["underestimation"] != nil)
        let model = account.optional("model") ?? "scan"
        need("model \(model)", model != "scan")
        let addOns = account["add_ons"]
        need("half_spreads", addOns?.list("half_spreads").isEmpty == false)
        need("impacts", addOns?.list("impacts").isEmpty == false)
        let multiplier = account.optional("credit_multiplier").flatMap { ExactDecimal($0) } ?? .one
        need("credit_multiplier", multiplier != .one)
    }
    return features
}
