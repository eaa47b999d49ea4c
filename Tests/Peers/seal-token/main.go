// Encrypts a text as Tinyforge does, with Go's own library: AES-256-GCM, the key the SHA-256 of a
// passphrase, a random nonce of 12 bytes before the ciphertext, all of it as hex or base64.
//
//	main PASSPHRASE TEXT  prints one line in hex, one in base64, one in unpadded URL-safe base64
package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
)

func main() {
	key := sha256.Sum256([]byte(os.Args[1]))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	nonce := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		panic(err)
	}
	sealed := gcm.Seal(nonce, nonce, []byte(os.Args[2]), nil)
	fmt.Println(hex.EncodeToString(sealed))
	fmt.Println(base64.StdEncoding.EncodeToString(sealed))
	fmt.Println(base64.RawURLEncoding.EncodeToString(sealed))
}
