class Mksecret < Formula
  desc "@DESCRIPTION@"
  homepage "@URL@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  SUMS = {
    "@TARGET@" => "@SHA256@",
  }.freeze
  TARGET = "#{Hardware::CPU.arm? ? "aarch64" : "x86_64"}-#{OS.mac? ? "apple-darwin" : "unknown-linux-musl"}".freeze

  url "@URL@/releases/download/v@VERSION@/mksecret-@VERSION@-#{TARGET}.tar.gz"
  sha256 SUMS.fetch(TARGET)

  def install
    prefix.install "bin", "share"
  end

  test do
    assert_match(/\A[0-9a-f]{64}\n\z/, shell_output("#{bin}/mksecret hex"))
  end
end
