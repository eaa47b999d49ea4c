import ArgumentParser
import Notifying
import ProviderHTTP
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// Whether a service is notified of drift that is new, changed or resolved.
struct NotifyOptions: ParsableArguments {
  @Flag(
    help: """
      Send what is new, changed or resolved since the earlier report to the webhook whose address is in TINYFORGE_NOTIFY_URL or \
      --notify-url-file; nothing is sent where nothing is.
      """)
  var notify = false

  @Option(
    help: ArgumentHelp(
      "What is sent (default: json).", valueName: NotificationFormat.choice),
    completion: NotificationFormat.completion, transform: NotificationFormat.named)
  var notifyFormat: NotificationFormat?

  @Option(
    help: ArgumentHelp(
      "The file that holds the webhook's address (default: TINYFORGE_NOTIFY_URL).",
      valueName: "file"), completion: .file())
  var notifyUrlFile: String?

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    notify = line.flag("--notify")
    notifyFormat = line.value("--notify-format", NotificationFormat.init(rawValue:))
    notifyUrlFile = line.value("--notify-url-file")
    line.check(validate)
  }

  func validate() throws {
    if notify { return }
    let options = [
      ("--notify-format", notifyFormat != nil), ("--notify-url-file", notifyUrlFile != nil),
    ]
    if let given = options.first(where: \.1) {
      throw ValidationError("\(given.0) says how to notify, so it needs --notify")
    }
  }

  /// Checks that no operand is an address, which any user could read in the list of processes.
  func check(_ operands: [String]) throws {
    guard notify, operands.contains(where: { $0.parted(atFirst: "://") != nil }) else { return }
    throw ValidationError(
      "--notify takes no address, which others could read in the list of processes: put it in "
        + "TINYFORGE_NOTIFY_URL or a --notify-url-file")
  }

  /// Where to send; nil where nothing is, or where a dry run has no address.
  func address(isDryRun: Bool, _ console: Console) throws(Failure) -> NotificationAddress? {
    guard notify else { return nil }
    if let secret = ReadableSecret.webhookAddress(notifyUrlFile) { console.warn(secret.warning) }
    do { return try NotificationAddress.read(file: notifyUrlFile) } catch {
      guard isDryRun else { throw error }
      return nil
    }
  }

  /// Sends what is news, and returns whether that went well; the report is written already.
  func send(
    _ notification: DriftNotification, to address: NotificationAddress?, _ network: NetworkOptions,
    isDryRun: Bool, _ phrases: Phrases, _ console: Console,
    isShownWithReport: Bool
  ) async -> ExitStatus {
    guard !notification.isEmpty else {
      console.hint("note: nothing is new, changed or resolved, so no notification is sent")
      return .clean
    }
    let message = notification.message(notifyFormat ?? .json, phrases)
    guard !isDryRun, let address else {
      let text = NotificationPost.shown(message, at: address)
      if !isShownWithReport || (try? console.print(text)) == nil { console.show(text) }
      return .clean
    }
    do throws(Failure) {
      let place = try await NotificationPost(address, network.settings()).send(message)
      console.hint("note: the notification was sent to \(place)")
      return .clean
    } catch {
      console.warn(error.sentence)
      return .failed
    }
  }
}

extension NotificationFormat: NamedValue {}
