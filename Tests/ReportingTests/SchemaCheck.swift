import Foundation

/// Checks a JSON value against the part of JSON Schema that docs/schemas uses; an unknown keyword is a fault.
struct SchemaCheck {
    private(set) var faults: [String] = []

    mutating func check(_ value: Any, against schema: [String: Any], at path: String = "$") {
        for keyword in schema.keys.sorted() {
            switch keyword {
            case "$schema", "title", "description", "properties", "required": break
            case "type": checkType(value, schema[keyword], path)
            case "enum": expect((schema[keyword] as? [String])?.contains(value as? String ?? ""), path, keyword)
            case "const": expect((schema[keyword] as? [String]).map { $0 == value as? [String] }, path, keyword)
            case "minItems":
                expect((value as? [Any]).map { $0.count >= schema[keyword] as? Int ?? .max }, path, keyword)
            case "maxItems": expect((value as? [Any]).map { $0.count <= schema[keyword] as? Int ?? 0 }, path, keyword)
            case "prefixItems":
                let parts = schema[keyword] as? [[String: Any]] ?? []
                for (index, (item, part)) in zip(value as? [Any] ?? [], parts).enumerated() {
                    check(item, against: part, at: "\(path)[\(index)]")
                }
            case "minimum":
                let least = schema[keyword] as? Int ?? 0
                expect((value as? NSNumber).map { $0.intValue >= least }, path, keyword)
            case "pattern": checkPattern(value, schema[keyword] as? String ?? "", path)
            case "items": checkItems(value, schema[keyword] as? [String: Any] ?? [:], path)
            case "additionalProperties": checkProperties(value, schema, path)
            default: faults.append("\(path): keyword \(keyword) is unknown")
            }
        }
    }

    private mutating func expect(_ holds: Bool?, _ path: String, _ keyword: String) {
        if holds != true { faults.append("\(path): \(keyword)") }
    }

    private mutating func checkType(_ value: Any, _ type: Any?, _ path: String) {
        let types = (type as? [String]) ?? [(type as? String) ?? "?"]
        let found: String =
            switch value {
            case is NSNull: "null"
            case is String: "string"
            case is [Any]: "array"
            case is [String: Any]: "object"
            // Foundation reads `true` and `1` both as a number; only the C type it came from tells them apart.
            case let number as NSNumber: unsafe String(cString: number.objCType) == "c" ? "boolean" : "integer"
            default: "?"
            }
        expect(types.contains(found), path, "type \(found)")
    }

    private mutating func checkPattern(_ value: Any, _ pattern: String, _ path: String) {
        guard let text = value as? String else { return }
        let range = text.range(of: pattern, options: .regularExpression)
        expect(range == text.startIndex..<text.endIndex, path, "pattern")
    }

    private mutating func checkItems(_ value: Any, _ schema: [String: Any], _ path: String) {
        for (index, item) in (value as? [Any] ?? []).enumerated() {
            check(item, against: schema, at: "\(path)[\(index)]")
        }
    }

    private mutating func checkProperties(_ value: Any, _ schema: [String: Any], _ path: String) {
        guard let members = value as? [String: Any] else { return expect(false, path, "object") }
        let known = schema["properties"] as? [String: [String: Any]] ?? [:]
        for name in schema["required"] as? [String] ?? [] where members[name] == nil {
            faults.append("\(path): \(name) is missing")
        }
        for (name, member) in members {
            if let part = known[name] ?? (schema["additionalProperties"] as? [String: Any]) {
                check(member, against: part, at: "\(path).\(name)")
            } else {
                faults.append("\(path): \(name) is not allowed")
            }
        }
    }
}
