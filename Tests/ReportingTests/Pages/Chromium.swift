import Foundation
import TestSupport

/// A page as Chromium lays it out, asked from a page around it, so that the page itself is not touched.
enum Chromium {
    static let path = TestTools.path("chromium")

    /// Programs of others fail in their own ways.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// What the page looks like on a sheet `width` pixels wide.
    static func picture(of page: [UInt8], width: Int) throws -> PagePicture {
        let scratch = try ScratchFolder()
        let escaped = String(decoding: page, as: UTF8.self)
            .replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        let frame =
            "<iframe id=\"page\" style=\"border:0;width:\(width)px;height:1123px\" srcdoc=\"\(escaped)\"></iframe>"
        let file = try scratch.write(
            "probe.html",
            "<!DOCTYPE html><meta charset=utf-8><body style=\"margin:0\">\(frame)<pre id=result></pre>"
                + "<script>\(PagePicture.probe)</script>")
        let printed = try run(["--dump-dom", "--virtual-time-budget=5000", "file://\(file)"], in: scratch)
        guard let result = printed.firstMatch(of: /<pre id="result">([A-Za-z0-9+\/=]+)<\/pre>/),
            let json = Data(base64Encoded: String(result.output.1))
        else { throw Failed(description: "no result in \(printed.suffix(400))") }
        return try JSONDecoder().decode(PagePicture.self, from: json)
    }

    /// The page as it is printed, as a PDF's bytes.
    static func print(_ page: [UInt8]) throws -> [UInt8] {
        let scratch = try ScratchFolder()
        let file = try scratch.write("page.html", String(decoding: page, as: UTF8.self))
        _ = try run(["--print-to-pdf=\(scratch.path(of: "page.pdf"))", "file://\(file)"], in: scratch)
        return try scratch.read("page.pdf")
    }

    private static func run(_ arguments: [String], in scratch: ScratchFolder) throws -> String {
        guard let path else { throw Failed(description: "chromium is not installed") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments =
            ["300", path, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
            + ["--disable-background-networking", "--user-data-dir=\(scratch.path(of: "profile"))"] + arguments
        for kind in ["out", "err"] { try scratch.write(kind, "") }
        process.standardOutput = FileHandle(forWritingAtPath: scratch.path(of: "out"))
        process.standardError = FileHandle(forWritingAtPath: scratch.path(of: "err"))
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let errors = String(decoding: try scratch.read("err"), as: UTF8.self)
            throw Failed(description: "chromium ended with \(process.terminationStatus): \(errors.suffix(400))")
        }
        return String(decoding: try scratch.read("out"), as: UTF8.self)
    }
}
