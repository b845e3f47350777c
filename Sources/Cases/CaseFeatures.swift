import TextFiles

/// What a case asks for that the night does not compute yet, by the names of the format's keys.
func unsupportedFeatures(of input: JSONValue) -> [String] {
    var features: [String] = []
    func need(_ feature: String, _ isNeeded: Bool) {
        if isNeeded, !features.contains(feature) { features.append(feature) }
    }
    let isAlone = ["historical", "calibration", "validation", "attribution"].contains { input[$0] != nil }
    need("scan false without historical", !isAlone && !input.flag("scan", default: true))
    let houses = [input, input["attribution"]?["yesterday"], input["attribution"]?["today"]].compactMap(\.self)
    for account in houses.flatMap({ $0.list("accounts") }) {
        let model = account.optional("model") ?? "scan"
        need("model \(model)", model != "scan")
    }
    return features
}
