import TextFiles

/// What a case asks for that the night does not compute yet, by the names of the format's keys.
func unsupportedFeatures(of input: JSONValue) -> [String] {
    var features: [String] = []
    func need(_ feature: String, _ isNeeded: Bool) {
        if isNeeded, !features.contains(feature) { features.append(feature) }
    }
    need("scan false without historical", input["historical"] == nil && !input.flag("scan", default: true))
    for feature in ["calibration", "attribution"] { need(feature, input[feature] != nil) }
    for account in input.list("accounts") {
        let model = account.optional("model") ?? "scan"
        need("model \(model)", model != "scan")
    }
    return features
}
