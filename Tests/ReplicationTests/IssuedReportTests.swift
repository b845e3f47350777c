import Foundation
import TestSupport
import Testing

/// `margin verify-report`: a member asks whether a file is the one that was issued.
@Suite struct `A report that was issued` {
    private static let date = DemoNight.dates[1]

    @Test func `is known by its bytes, and what was changed or is strange is told from it`() async throws {
        let night = try await DemoNight.made.value
        let files = ["csv", "json"].flatMap { ending in
            (try? night.files("margin-call", Self.date, ".\(ending)")) ?? []
        }
        #expect(files.count > 10)
        for file in [files[0], files[files.count - 1]] {
            let ended = try runProgram(["verify-report", file])
            #expect(ended.code == 0 && ended.output.contains("as it was issued, by 2018-12-28 EOD run 1"), "\(ended)")
        }
        let manifest = "\(night.current(Self.date))/manifest.json"
        let name = URL(fileURLWithPath: files[0]).lastPathComponent
        try await withScratchFolder { folder in
            let (copy, other, strange) = (folder + "/mine.csv", folder + "/" + name, folder + "/notes.csv")
            let newer = folder + "/" + name.replacingOccurrences(of: ".r1.", with: ".r7.")
            try FileManager.default.copyItem(atPath: files[0], toPath: copy)
            var text = try String(contentsOfFile: files[0], encoding: .utf8)
            text.replace("0", with: "1", maxReplacements: 1)
            for path in [other, newer] { try text.write(toFile: path, atomically: true, encoding: .utf8) }
            try "a,b\n".write(toFile: strange, atomically: true, encoding: .utf8)
            for (path, code, verdict, listed) in [
                (copy, 0, "issued", name), (other, 1, "changed", name), (newer, 1, "replaced", name),
                (strange, 1, "unknown", nil),
            ] as [(String, Int32, String, String?)] {
                let ended = try runProgram(["verify-report", "--json", "--manifest", manifest, path])
                #expect(ended.code == code, "\(path): \(ended.errors)")
                let document = try jsonObject(ended.output)
                #expect(document["verdict"] as? String == verdict && document["listed"] as? String == listed)
                #expect((document["manifest_sha256"] as? String)?.count == 64)
            }
            for (words, code, said) in [
                ([other], 66, "no manifest.json stands beside"), ([folder + "/none.csv"], 66, "none.csv"),
                (["--manifest", strange, other], 65, "is no manifest of a run"), ([], 64, "file"),
            ] as [([String], Int32, String)] {
                let ended = try runProgram(["verify-report"] + words)
                #expect(ended.code == code && ended.errors.contains(said), "\(words): \(ended.code) \(ended.errors)")
            }
        }
    }
}
